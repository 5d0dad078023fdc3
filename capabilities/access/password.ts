import { type Refusal, refuse } from '../../kernel/decision.ts';

/**
 * What a password must be: long, and nothing else by composition. NIST SP 800-63B, 3.1.1.2: length in code points, all
 * characters allowed, no rules of kinds of characters, no expiry; a list of what is guessed first is refused.
 * https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver
 */
export const passwordLimits = { charactersMin: 12, charactersMax: 256, distinctMin: 5 } as const;

/** What is guessed first at this length; shorter ones are refused by length anyway. */
const commonPasswords: ReadonlySet<string> = new Set([
  '123456789012',
  '1234567890123',
  '12345678901234',
  '123456789012345',
  '1234567890123456',
  '1q2w3e4r5t6y',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyuiopasdfgh',
  'abcdefghijkl',
  'abcdefghijklm',
  'password1234',
  'password12345',
  'password123456',
  'passwordpassword',
  'administrator',
  'administrator1',
  'letmeinletmein',
  'iloveyouiloveyou',
  'welcome12345',
  'changemechangeme',
  'correcthorsebatterystaple',
  'plimsollplimsoll',
]);

/** One form of a text that can be typed in several ways (NIST asks for NFKC or NFKD), before it is counted or hashed. */
export const normalPassword = (password: string): string => password.normalize('NFKC');

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');

const weak = (detail: string): Refusal => refuse('password-refused', detail);

/**
 * Looks at a new password. @param about what anybody knows of the person: name and e-mail address
 * @returns the refusal, or null when it may be used
 */
export function refusalOfPassword(password: string, about: { name: string; email: string | null }): Refusal | null {
  const characters = [...normalPassword(password)];
  const { charactersMin, charactersMax, distinctMin } = passwordLimits;
  if (characters.length < charactersMin) {
    return weak(
      `The password has ${characters.length} characters; expected ${charactersMin} or more. A few words in a row do well.`,
    );
  }
  if (characters.length > charactersMax) {
    return weak(`The password has ${characters.length} characters; expected ${charactersMax} at the most.`);
  }
  if (new Set(characters).size < distinctMin) {
    return weak(`The password repeats few characters; expected ${distinctMin} different ones or more.`);
  }
  const text = folded(password);
  if (commonPasswords.has(text)) return weak('This password is among those that are guessed first. Choose another.');
  const known = [about.name, about.email, about.email?.split('@')[0]];
  const isKnown = known.some((each) => typeof each === 'string' && each !== '' && isMadeOf(text, folded(each)));
  return isKnown
    ? weak('The password is your name or e-mail address. Choose something that others do not know.')
    : null;
}

/** True when a text is a word, once or several times over, with nothing but digits and marks around it. */
const isMadeOf = (text: string, word: string): boolean =>
  word !== '' && text.includes(word) && /^[\p{N}\p{P}\p{S}]*$/u.test(text.replaceAll(word, ''));
