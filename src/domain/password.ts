/** Shortest and longest password of an agent, in characters. */
export const SHORTEST_PASSWORD = 12;
export const LONGEST_PASSWORD = 256;

/** Fewest different characters. */
const LEAST_DIFFERENT = 5;
/** What the commonest passwords of that length are made of, whatever digits and marks they have around them. */
const COMMON = new Set([
  '',
  'abc',
  'abcdefghijkl',
  'administrator',
  'admin',
  'changeme',
  'changemenow',
  'correcthorsebatterystaple',
  'football',
  'hello',
  'iloveyou',
  'letmein',
  'letmeinplease',
  'login',
  'password',
  'passwordpassword',
  'passwort',
  'princess',
  'qwerty',
  'qwertyqwerty',
  'qwertyui',
  'qwertyuiop',
  'qwertz',
  'qwertzuiop',
  'asdfghjkl',
  'qazwsxedc',
  'secret',
  'shoppingassistant',
  'sunshine',
  'support',
  'supervisor',
  'superadmin',
  'testtest',
  'trustnoone',
  'vitrine',
  'vitrineadmin',
  'welcome',
  'welcometo',
]);
/** What stands for letters in passwords that only look strong. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
};

/**
 * What is wrong with a new password of an agent, for whoever chose it; undefined where it may be used. Length is what
 * counts (NIST SP 800-63B): no character is asked for.
 */
export function passwordProblem(password: string, name: string): string | undefined {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return `the password needs at least ${SHORTEST_PASSWORD} characters`;
  if (length > LONGEST_PASSWORD) return `the password may have at most ${LONGEST_PASSWORD} characters`;
  const folded = password.normalize('NFKC').toLowerCase();
  if (folded.includes(name.toLowerCase())) return 'the password must not hold the name';
  const trimmed = folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const readings = [folded, trimmed.replace(/[013457@$]/g, (mark) => LOOKALIKES[mark] ?? mark)];
  const isCommon = readings.some((reading) => COMMON.has(reading.replace(/[^\p{L}]/gu, '')));
  if (isCommon || new Set(folded).size < LEAST_DIFFERENT) return 'the password is one of those that are tried first';
  return undefined;
}
