import { passwordComplaint } from './password-rules';

const of = { name: 'Casey Inkwell', email: 'casey.inkwell@staff.example' };

describe('passwordComplaint', () => {
  it.each(['heron lantern gravel', 'aaaabbbbccccdddd', '            x y z', 'Ünïcödé ist gut so', '20261122-1834-77'])(
    'asks nothing of the characters: %s',
    (password) => expect(passwordComplaint(password, of)).toBeNull(),
  );

  it.each([
    ['elevenchars', 'at least 12'],
    ['x'.repeat(201), 'at most 200'],
    ['ababababababab', 'again and again'],
    ['Password-12345', 'tried first'],
    ['CorrectHorseBatteryStaple!', 'tried first'],
    ['casey.inkwell', 'your name'],
    ['Casey Inkwell 1', 'your name'],
    ['casey.inkwell@staff.example', 'your name'],
  ])('refuses %s: %s', (password, complaint) => expect(passwordComplaint(password, of)).toContain(complaint));

  it('counts characters as people do', () => {
    expect(passwordComplaint('🦉🦊🐝🐢🦉🦊🐝🐢🦉🦊🐝', of)).toContain('at least 12');
  });
});
