import { cleanLine, cleanText, cutText, quote } from '../../../src/catalogue/feeds/clean';
import { plainText } from '../../../src/catalogue/feeds/html';

describe('cleanText', () => {
  test.each([
    ['decomposed letters', 'cafe\u0301', 'caf\u00e9'],
    ['NUL and other control characters', 'a\u0000b\u0007c\u009fd', 'abcd'],
    ['newlines of every kind', 'a\r\nb\rc\u2028d', 'a\nb\nc\nd'],
    ['lone surrogates', 'a\ud800b\udc00', 'a\ufffdb\ufffd'],
    ['right-to-left override', 'invoice\u202egpj.exe', 'invoicegpj.exe'],
    ['zero-width characters', 'a\u200bd\u2060m\ufeffin\u00ad', 'admin'],
    ['hidden tag characters', 'hat\u{e0049}\u{e0067}', 'hat'],
    ['joiners between Latin letters', 'pay\u200dpal', 'paypal'],
    ['joiners in emoji', '👩\u200d🍳', '👩\u200d🍳'],
    ['Persian non-joiners', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['other languages', ' Größe: 46 «Тест» 颜色 カラー 색상 ', 'Größe: 46 «Тест» 颜色 カラー 색상'],
  ])('%s', (_name, raw, clean) => {
    expect(cleanText(raw)).toBe(clean);
  });

  test('piles of combining marks keep 30 marks', () => {
    expect(cleanText(`x${'\u0316\u0301'.repeat(200_000)}`)).toHaveLength(31);
  });

  test('a line has single spaces', () => {
    expect(cleanLine('  red\n\tshoe\u00a0 men ')).toBe('red shoe men');
  });

  test('cutting never halves a character', () => {
    expect(cutText('ab😀cd', 3)).toBe('ab');
    expect(cutText('ab😀cd', 4)).toBe('ab😀');
  });

  test('a quote is short, on one line and shows what is hidden', () => {
    expect(quote('a\nb\u202e\u0000"')).toBe('"a\\nb\\u202e\\u0000\\""');
    expect(quote('x'.repeat(100))).toBe(`"${'x'.repeat(40)}"…`);
  });
});

describe('plainText', () => {
  test.each([
    ['blocks', '<p>Warm &amp; light</p>\n<ul><li>one</li><li>two</li></ul>', 'Warm & light\n\none\n\ntwo'],
    ['breaks', 'a<br>b<br/>c', 'a\nb\nc'],
    ['inline tags', 'very <b class="x">warm</b>', 'very warm'],
    ['scripts and styles', 'a<script>alert("<p>")</script><STYLE>p{}</STYLE>b', 'ab'],
    ['comments', 'a<!-- > -->b', 'ab'],
    ['attributes with >', '<img alt="a>b" onerror="x()">text', 'text'],
    ['an attack', '<img src=x onerror=alert(1)>Jacket', 'Jacket'],
    ['less-than signs', 'size < 40 & I <3 it', 'size < 40 & I <3 it'],
    ['an unclosed tag', 'before <b and after', 'before <b and after'],
    ['an unclosed script', 'before<script>evil', 'before'],
    ['entities', '&lt;b&gt; &#65;&#x42; &eacute;&nbsp;&unknown; &#xD800;', '<b> AB é &unknown; \ufffd'],
    ['plain newlines', 'a\n\n\n\nb', 'a\n\nb'],
    ['letters that grow in lower case', 'İİİ<script>x</script>y', 'İİİy'],
  ])('%s', (_name, html, text) => {
    expect(plainText(html)).toBe(text);
  });

  test.each([
    ['unclosed tags', '<a '],
    ['unclosed comments', '<!--'],
    ['open quotes', '<a "'],
    ['crossed quotes', `<a ">' `],
    ['scripts', '<script>'],
    ['ampersands', '&amp'],
    ['spaces', ' \n'],
  ])('hostile input costs linear time: %s', (_name, piece) => {
    expect(typeof plainText(`<p>${piece.repeat(200_000)}`)).toBe('string');
  });
});
