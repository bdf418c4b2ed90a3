import { type Language, type Passage, VitrineError } from '../domain';

/** Where a file's text comes from, as errors name it. */
export interface FileOfKnowledge {
  /** Relative to the folder of knowledge: "en/returns.md". */
  readonly path: string;
  readonly language: Language;
  /** Its name without the ending. */
  readonly file: string;
}

const LONGEST_HEADING = 200;
const LONGEST_PASSAGE = 4_000;
const ASKED = /^<!--\s*asked:(.*)-->$/;
const COMMENT = /^<!--.*-->$/;

interface Draft {
  readonly heading: string;
  readonly line: number;
  readonly asked: string[];
  readonly lines: string[];
}

/**
 * The passages of a Markdown file: one `# Title` first, then a `## Heading` and its text for each. A comment
 * `<!-- asked: … | … -->` holds other ways to ask for the passage. Throws KNOWLEDGE_BROKEN that names file and line.
 */
export function parseKnowledge(markdown: string, source: FileOfKnowledge): Passage[] {
  const broken = (line: number, what: string) =>
    new VitrineError('KNOWLEDGE_BROKEN', `${source.path}:${line}: ${what}`);
  const drafts: Draft[] = [];
  let title: string | undefined;
  markdown
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .forEach((raw, index) => {
      const number = index + 1;
      const line = raw.trim();
      if (line === '') return;
      if (line.includes('\ufffd')) throw broken(number, 'is not UTF-8');
      const [, marks, said = ''] = /^(#{1,6})\s*(.*?)\s*#*$/.exec(line) ?? [];
      if (marks === '#') {
        if (title !== undefined) throw broken(number, 'a second title; passages begin with "##"');
        if (said === '') throw broken(number, 'the title is empty');
        title = said;
        return;
      }
      if (title === undefined) throw broken(number, 'the file must begin with its title, "# Title"');
      if (marks === '##') {
        drafts.push(begin(said, number, drafts, broken));
        return;
      }
      const draft = drafts.at(-1);
      if (!draft) {
        if (COMMENT.test(line)) return;
        throw broken(number, 'a text without a heading; put "## Heading" above it');
      }
      const [, asked] = ASKED.exec(line) ?? [];
      if (asked !== undefined)
        draft.asked.push(
          ...asked
            .split('|')
            .map((each) => each.trim())
            .filter(Boolean),
        );
      else if (line.startsWith('<!--') && !COMMENT.test(line)) throw broken(number, 'a comment must end in its line');
      else if (!COMMENT.test(line)) draft.lines.push(plain(marks ? said : line));
    });
  if (title === undefined) throw broken(1, 'the file is empty; it must begin with its title, "# Title"');
  if (drafts.length === 0) throw broken(1, 'the file has no passage; begin one with "## Heading"');
  const named = title;
  return drafts.map(({ heading, line, asked, lines }): Passage => {
    const text = lines.join('\n');
    if (text === '') throw broken(line, `there is no text under "${heading}"`);
    if (text.length > LONGEST_PASSAGE) {
      throw broken(line, `the passage "${heading}" is longer than ${LONGEST_PASSAGE} characters; divide it`);
    }
    return { language: source.language, file: source.file, title: named, heading, asked, text };
  });
}

function begin(
  heading: string,
  line: number,
  drafts: readonly Draft[],
  broken: (line: number, what: string) => VitrineError,
): Draft {
  if (heading === '') throw broken(line, 'the heading is empty');
  if (heading.length > LONGEST_HEADING) {
    throw broken(line, `the heading is longer than ${LONGEST_HEADING} characters`);
  }
  const twin = drafts.find((draft) => draft.heading === heading);
  if (twin) throw broken(line, `the heading "${heading}" stands in line ${twin.line}, too`);
  return { heading, line, asked: [], lines: [] };
}

/** A line without its marks: links as "text (address)", list items with a dot. */
function plain(line: string): string {
  return line
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, (_, text: string, address: string) =>
      text === address ? text : `${text} (${address})`,
    )
    .replace(/^[-*+]\s+/, '• ')
    .replace(/^>\s*/, '')
    .replace(/(\*\*|__)(\S(?:.*?\S)?)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*_])([*_])(\S(?:.*?\S)?)\1(?![\p{L}\p{N}*_])/gu, '$2')
    .replace(/`([^`]+)`/g, '$1');
}
