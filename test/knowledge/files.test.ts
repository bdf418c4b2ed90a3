import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../src/config';
import { LANGUAGES, type Passage } from '../../src/domain';
import { loadKnowledge, MarkdownKnowledge, parseKnowledge } from '../../src/knowledge';

const DEMO = loadKnowledge(join(packageRoot(), 'dialogs', 'knowledge'));
const parse = (markdown: string) => parseKnowledge(markdown, { path: 'en/x.md', language: 'en', file: 'x' });
const observer = { step: () => undefined, fault: (error: unknown) => expect(error).toBeUndefined() };

/** Runs an action on a folder with files, and removes it. */
function withFiles(files: Readonly<Record<string, string | Buffer>>, action: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-knowledge-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    action(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it('reads title, headings, other ways to ask and plain text', () => {
  const passages = parse(
    '\ufeff# Our *returns*\r\n<!-- a note -->\n\n## How long?\n<!-- asked: period | until when -->\n**30 days**, see [here](https://shop.example/r).\n\n- no `reason`\n* at _all_\n## 5 * 3 = 15_000_km #\nYes\n### Sub\nMore',
  );
  expect(passages).toEqual([
    {
      language: 'en',
      file: 'x',
      title: 'Our *returns*',
      heading: 'How long?',
      asked: ['period', 'until when'],
      text: '30 days, see here (https://shop.example/r).\n• no reason\n• at all',
    },
    expect.objectContaining({ heading: '5 * 3 = 15_000_km', text: 'Yes\nSub\nMore', asked: [] }),
  ]);
});

it.each([
  ['', '1: the file is empty'],
  ['\n\nHello', '3: the file must begin with its title'],
  ['# A\n# B\n', '2: a second title'],
  ['#\n', '1: the title is empty'],
  ['# A\ntext', '2: a text without a heading'],
  ['# A\n', '1: the file has no passage'],
  ['# A\n## B\n\n## C\nx', '2: there is no text under "B"'],
  ['# A\n##\nx', '2: the heading is empty'],
  ['# A\n## B\nx\n## B\ny', '4: the heading "B" stands in line 2, too'],
  [`# A\n## ${'b'.repeat(201)}\nx`, '2: the heading is longer than 200'],
  [`# A\n## B\n${'x'.repeat(4_001)}`, '2: the passage "B" is longer than 4000'],
  ['# A\n## B\n<!-- asked: a\n| b -->\nx', '3: a comment must end in its line'],
])('says what is wrong in %j, and where', (markdown, message) => {
  expect(() => parse(markdown)).toThrow(expect.objectContaining({ code: 'KNOWLEDGE_BROKEN' }));
  expect(() => parse(markdown)).toThrow(`en/x.md:${message}`);
});

it('names the file that is not UTF-8, and the folder that is no language', () => {
  withFiles({ 'de/a.md': Buffer.from('# A\n## B\nGr\xf6\xdfe', 'latin1') }, (folder) => {
    expect(() => loadKnowledge(folder)).toThrow('de/a.md:3: is not UTF-8');
  });
  withFiles({ 'deutsch/a.md': '# A\n## B\nx' }, (folder) => {
    expect(() => loadKnowledge(folder)).toThrow('deutsch: files lie in folders of languages');
  });
  expect(() => loadKnowledge(join(tmpdir(), 'vitrine-not-there'))).toThrow("can't be read");
});

it('the demo has the same passages in every language, with two other ways to ask at least', () => {
  const shape = (language: string) => DEMO.filter((each) => each.language === language).map(({ file }) => file);
  for (const language of LANGUAGES) expect(shape(language)).toEqual(shape('en'));
  for (const { asked } of DEMO) expect(asked.length).toBeGreaterThanOrEqual(2);
});

it('takes every heading and every other way to ask for its own passage', async () => {
  const knowledge = new MarkdownKnowledge({ passages: DEMO, language: 'en', observer });
  const missed: string[] = [];
  for (const passage of DEMO) {
    const { language } = passage;
    for (const text of [passage.heading, ...passage.asked]) {
      const answer = await knowledge.answer({ text, language });
      if (answer?.passage !== passage || !knowledge.isAsked(text, language)) missed.push(`${language}: ${text}`);
    }
  }
  expect(missed).toEqual([]);
});

it('answers in the shop’s language where the shopper’s has no such file, by vectors', async () => {
  const english: Passage[] = DEMO.filter(({ language }) => language === 'en');
  const encoder = {
    id: 'by-topic',
    space: 'test',
    dimensions: 2,
    maxBatch: 8,
    parallel: true,
    encode: async (texts: readonly string[]) =>
      texts.map((text) => new Float32Array(/exchange|Umtausch/i.test(text) ? [1, 0] : [0, 1])),
  };
  const knowledge = new MarkdownKnowledge({ passages: english, language: 'en', encoder, observer });
  const answer = await knowledge.answer({ text: 'Ist Umtausch erlaubt', language: 'de', topic: 'returns' });
  expect(answer).toMatchObject({ sure: true, passage: { language: 'en', heading: 'Can I exchange something?' } });
  const nothing = new MarkdownKnowledge({ passages: [], language: 'en', encoder, observer });
  expect(await nothing.answer({ text: 'Umtausch', language: 'de' })).toBeUndefined();
});

it('goes on by letters where the encoder fails, and tells the observer', async () => {
  const faults: unknown[] = [];
  const encoder = {
    id: 'broken',
    space: 'test',
    dimensions: 2,
    maxBatch: 8,
    parallel: true,
    encode: () => Promise.reject(new Error('broken')),
  };
  const knowledge = new MarkdownKnowledge({
    passages: DEMO,
    language: 'en',
    encoder,
    observer: { step: () => undefined, fault: (error) => faults.push(error) },
  });
  const answer = await knowledge.answer({ text: 'how long does a refund take', language: 'en', topic: 'returns' });
  expect(answer).toMatchObject({ sure: true, passage: { heading: 'When do I get my money back?' } });
  expect(faults).toHaveLength(1);
});
