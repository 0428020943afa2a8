import { draftId, draftSendKey, isDraftToken, newDraftToken, seal, unseal } from './draft-seal';

describe('the seal of a contact draft', () => {
  const token = newDraftToken();
  const letter = Buffer.from('The lights by the bridge have been out for a month.');

  it('gives back what was sealed, to the same token only', () => {
    expect(unseal(token, seal(token, letter))).toEqual(letter);
    expect(() => unseal(newDraftToken(), seal(token, letter))).toThrow();
  });

  it('shows nothing of the letter, and never looks the same twice', () => {
    const sealed = seal(token, letter);
    expect(sealed.includes('bridge')).toBe(false);
    expect(sealed.equals(seal(token, letter))).toBe(false);
  });

  it('refuses what was changed', () => {
    const sealed = seal(token, letter);
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => unseal(token, sealed)).toThrow();
  });

  it('names the row without telling the token', () => {
    expect(isDraftToken(token)).toBe(true);
    expect(draftId(token)).toEqual(draftId(token));
    expect(draftId(token).toString('base64url')).not.toBe(token);
    expect(draftSendKey(token)).not.toBe(draftId(token).toString('base64url'));
    expect(isDraftToken('../../etc/passwd')).toBe(false);
  });
});
