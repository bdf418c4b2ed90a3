import { NO_ATTRIBUTES } from '../../../src/domain';
import { type Draft, EvaluationRandom, hearSome, type VoiceLab } from '../../../src/training';
import { vector } from '../../fusion/support';

const draft = (type: Draft['type'], language: Draft['language'], text: string): Draft => ({
  type,
  language,
  text,
  asked: { ...NO_ATTRIBUTES, colors: ['red'] },
  relevant: new Map([[0, 1]]),
  kind: '',
});

const encoder = {
  id: 'test',
  space: 'test',
  dimensions: 16,
  maxBatch: 8,
  parallel: true,
  encode: async (texts: readonly string[]) => texts.map((text) => vector(`words/${text}`)),
};

/** Hears "rot" as "rat", and nothing where "still" is said. */
function lab(): VoiceLab & { readonly spoken: string[] } {
  const spoken: string[] = [];
  return {
    spoken,
    languages: ['de'],
    hear: async (words) => {
      spoken.push(words);
      return words === 'still' ? undefined : { text: words.replace('o', 'a'), vector: vector('voice') };
    },
    understand: async () => NO_ATTRIBUTES,
  };
}

it('speaks and hears some of the spoken queries, in the languages that can be heard', async () => {
  const voices = lab();
  const others = Array.from({ length: 64 }, () => draft('text', 'de', 'rot'));
  const drafts = [draft('voice', 'de', 'rot'), draft('voice', 'ja', '赤'), draft('voice', 'de', 'still'), ...others];
  const heard = await hearSome(drafts, { encoder, voices, random: new EvaluationRandom('heard') });
  expect(voices.spoken).toEqual(['rot', 'still']);
  expect([...heard.keys()].map(({ text }) => text)).toEqual(['rot']);
  const [found] = [...heard.values()];
  expect(found?.voice).toEqual(vector('voice'));
  expect(found?.words).toEqual(vector('words/rat'));
  expect(found?.asked).toEqual(NO_ATTRIBUTES);
});

it('hears nothing where nothing can be spoken', async () => {
  const heard = await hearSome([draft('voice', 'de', 'rot')], { encoder, random: new EvaluationRandom('none') });
  expect(heard.size).toBe(0);
});
