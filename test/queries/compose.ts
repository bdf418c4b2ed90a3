// Composes the validation queries out of the lexicons: node dist/test/queries/compose.js. They are for choosing weights and
// thresholds; the held-out queries, written by fresh eyes that saw neither lexicons nor templates, are for measuring.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DemoItem, type DemoVariant, demoItems } from '../../src/catalogue/demo/items';
import { SeededRandom } from '../../src/catalogue/demo/random';
import { packageRoot } from '../../src/config';
import { LANGUAGES, type Language } from '../../src/domain';
import { type LexiconFile, loadLexicons } from '../../src/understanding';
import type { Want, WantedQuery } from './grade';
import { QUERY_FOLDER } from './make';

const A_LANGUAGE = 60;
const CARRIERS: Readonly<Record<Language, readonly string[]>> = {
  en: ['{q}', '{q}', '{q} please', "I'm looking for {q}", 'do you have {q}?', 'show me {q}'],
  zh: ['{q}', '{q}', '请问有{q}吗', '我想买{q}', '给我看看{q}', '帮我找{q}'],
  es: ['{q}', '{q}', 'busco {q}', '¿tienen {q}?', 'quisiera ver {q}', 'necesito {q}'],
  fr: ['{q}', '{q}', 'je cherche {q}', 'avez-vous {q} ?', 'montrez-moi {q}', 'il me faut {q}'],
  de: ['{q}', '{q}', 'ich suche {q}', 'habt ihr {q}?', 'zeig mir bitte {q}', 'ich brauche {q}'],
  ja: ['{q}', '{q}', '{q}を探しています', '{q}はありますか', '{q}を見せてください', '{q}が欲しい'],
  pt: ['{q}', '{q}', 'procuro {q}', 'vocês têm {q}?', 'quero ver {q}', 'preciso de {q}'],
  ru: ['{q}', '{q}', 'ищу {q}', 'у вас есть {q}?', 'покажите {q}', 'мне нужно {q}'],
};
/** Where the describing words stand: after the noun in es, fr, pt. */
const NOUN_FIRST: ReadonlySet<Language> = new Set<Language>(['es', 'fr', 'pt']);
const JOINED: ReadonlySet<Language> = new Set<Language>(['zh', 'ja']);

function compose(language: Language, file: LexiconFile, items: readonly DemoItem[]): WantedQuery[] {
  const random = new SeededRandom(`validation/${language}`);
  const queries = new Map<string, WantedQuery>();
  const kinds = random.sample([...new Set(items.map((item) => item.kind.id))], A_LANGUAGE);
  for (const kind of kinds) {
    const item = random.pick(items.filter((candidate) => candidate.kind.id === kind));
    const query = composeOne(language, file, item, random.pick(item.variants), random);
    queries.set(query.text, query);
  }
  return [...queries.values()];
}

function composeOne(
  language: Language,
  file: LexiconFile,
  item: DemoItem,
  variant: DemoVariant,
  random: SeededRandom,
): WantedQuery {
  const entry = file.kinds[item.kind.id];
  if (!entry) throw new Error(`no kind ${item.kind.id}`);
  let noun =
    random.next() < 0.5 ? random.pick([entry.name, entry.plural]) : random.pick([entry.name, ...entry.synonyms]);
  if (random.next() < 0.12 && !JOINED.has(language)) noun = misspell(noun, random);
  const want: { -readonly [K in keyof Want]: Want[K] } = { kinds: [item.kind.id] };
  const before: string[] = [];
  const after: string[] = [];
  const color = file.colors[variant.color];
  if (random.next() < 0.5 && color) {
    want.colors = [variant.color];
    (NOUN_FIRST.has(language) ? after : before).push(color.forms[entry.class] ?? random.pick(color.words));
  }
  const material = file.materials[item.material];
  if (random.next() < 0.3 && material?.phrase) {
    want.materials = [item.material];
    (language === 'en' || JOINED.has(language) ? before : after).push(material.phrase);
  }
  const pattern = file.patterns[item.pattern];
  if (item.pattern !== 'plain' && random.next() < 0.6 && pattern?.phrase) {
    want.patterns = [item.pattern];
    (language === 'en' || JOINED.has(language) ? before : after).push(pattern.phrase);
  }
  const audience = file.audiences[item.audience];
  if (random.next() < 0.3 && audience?.phrase && !JOINED.has(language)) {
    want.audience = item.audience;
    after.push(audience.phrase);
  }
  if (random.next() < 0.12) {
    want.brand = item.brand;
    before.unshift(JOINED.has(language) ? `${item.brand} ` : item.brand);
  }
  if (random.next() < 0.22) {
    const most = Math.ceil((variant.salePrice ?? variant.price) / 500) * 5 + 5;
    want.priceMax = most;
    after.push(
      random
        .pick((file.cues.under ?? []).slice(0, 4))
        .replace(
          '{a}',
          `${most} ${JOINED.has(language) ? '欧元' : '€'}`.replace(' 欧元', language === 'ja' ? 'ユーロ' : '欧元'),
        ),
    );
  }
  const phrase = [...before, noun, ...after].join(JOINED.has(language) ? '' : ' ');
  return { text: random.pick(CARRIERS[language]).replace('{q}', phrase), lang: language, want };
}

/** One letter wrong inside a word of six or more. */
function misspell(word: string, random: SeededRandom): string {
  if (word.length < 6 || /\s/.test(word)) return word;
  const at = random.between(2, word.length - 3);
  const swapped = word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2);
  return random.next() < 0.5 ? swapped : word.slice(0, at) + word.slice(at + 1);
}

if (require.main === module) {
  const { byLanguage } = loadLexicons(join(packageRoot(), 'locales'));
  const items = demoItems();
  const folder = join(QUERY_FOLDER, 'validation');
  mkdirSync(folder, { recursive: true });
  for (const language of LANGUAGES) {
    const lines = compose(language, byLanguage[language].file, items).map((query) => JSON.stringify(query));
    writeFileSync(join(folder, `${language}.jsonl`), `${lines.join('\n')}\n`);
  }
}
