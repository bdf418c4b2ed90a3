import { emailIn } from '../../src/domain';

it.each<[string, string | undefined]>([
  ['ann@example.com', 'ann@example.com'],
  ['It is Ann.Lee+shop@mail.example.co.uk.', 'Ann.Lee+shop@mail.example.co.uk'],
  ['<ann@example.com>', 'ann@example.com'],
  ['我的邮箱是ann@example.com，谢谢', 'ann@example.com'],
  ['ann＠example．com', 'ann@example.com'],
  ['müller@bücher.example', 'müller@bücher.example'],
  ['write to a@b.co or c@d.co', 'a@b.co'],
  ['ann at example.com', undefined],
  ['ann@example', undefined],
  ['ann@@example.com', undefined],
  ['@example.com', undefined],
  ['ann@-example-.com', undefined],
  ['ann@example..com', undefined],
  ['.ann@example.com', undefined],
  [`${'a'.repeat(65)}@example.com`, undefined],
  [`a@${'b.'.repeat(130)}com`, undefined],
  ['', undefined],
])('%s: %s', (text, email) => {
  expect(emailIn(text)).toBe(email);
});

it('is quick on what only looks like the beginning of an address', () => {
  expect(emailIn('a'.repeat(4_000))).toBeUndefined();
  expect(emailIn('a@'.repeat(2_000))).toBeUndefined();
});
