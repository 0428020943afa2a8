import { fill, textAt, type Messages } from '../http/messages';

/** A reference as it is said on the telephone: "W for Whisky, M for Mike", then the digits one by one. */
export function referenceAloud(reference: string, m: Messages): string[] {
  return reference
    .split('-')
    .map((part) =>
      [...part]
        .map((character) =>
          /[A-Z]/.test(character)
            ? fill(textAt(m, 'aloud.letter'), { letter: character, word: textAt(m, `aloud.${character}`) })
            : character,
        )
        .join(/[A-Z]/.test(part) ? ', ' : ' '),
    );
}
