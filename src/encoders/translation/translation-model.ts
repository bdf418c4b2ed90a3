import { AutoTokenizer, M2M100ForConditionalGeneration, Tensor } from '@huggingface/transformers';
import { type Language, VitrineError } from '../../domain';
import { openChecked } from '../open-graph';
import { type PulledSpec, runOptions } from '../pulled-model';
import { joinSentences, sentencesOf } from './sentences';

/** A loaded translator. */
export interface TranslationModel {
  /** Sentence by sentence; lines stay lines. Throws TRANSLATION_FAILED for a language that the model does not know. */
  translate(text: string, languages: { readonly from: Language; readonly to: Language }): Promise<string>;
  /** Frees the sessions; the model can't be used afterwards. */
  dispose(): Promise<void>;
}

/** Most tokens of a translation: some, and so many for each token of the sentence. Where a model repeats itself, it ends there. */
const TOKENS = { least: 16, each: 2, most: 256 };

/**
 * Loads M2M100 (arXiv 2010.11125) from a folder in Hugging Face layout, on the CPU and without any network. Every file is
 * checked first: see `openChecked` for what it throws.
 */
export function loadTranslator(folder: string, spec: PulledSpec): Promise<TranslationModel> {
  return openChecked(folder, spec, (absolute) => open(absolute, spec));
}

async function open(folder: string, spec: PulledSpec): Promise<TranslationModel> {
  const local = { local_files_only: true } as const;
  const [tokenizer, model] = await Promise.all([
    AutoTokenizer.from_pretrained(folder, local),
    M2M100ForConditionalGeneration.from_pretrained(folder, runOptions(spec)),
  ]);
  const [end, unknown] = [idOf('</s>'), idOf('<unk>')];

  function idOf(token: string): number | undefined {
    return tokenizer.convert_tokens_to_ids(token) as number | undefined;
  }

  function languageToken(language: Language): number {
    const id = idOf(`__${language}__`);
    if (id === undefined || id === unknown) {
      throw new VitrineError('TRANSLATION_FAILED', `The model does not know the language "${language}".`);
    }
    return id;
  }

  async function sentence(text: string, from: number, to: number): Promise<string> {
    const words = tokenizer.encode(text, { add_special_tokens: false });
    const ids = [from, ...words, end ?? 2];
    const shape = [1, ids.length];
    const translated = (await model.generate({
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), shape),
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), shape),
      forced_bos_token_id: to,
      max_new_tokens: Math.min(TOKENS.most, TOKENS.least + TOKENS.each * ids.length),
      // The types ask for all settings of a generation.
    } as unknown as Parameters<typeof model.generate>[0])) as Tensor;
    return tokenizer.decode([...(translated.data as BigInt64Array)].map(Number), { skip_special_tokens: true }).trim();
  }

  return {
    async translate(text, { from, to }) {
      const [source, target] = [languageToken(from), languageToken(to)];
      const lines: string[][] = [];
      for (const sentences of sentencesOf(text, from)) {
        const line: string[] = [];
        for (const each of sentences) line.push(await sentence(each, source, target));
        lines.push(line);
      }
      return joinSentences(lines, to);
    },
    async dispose() {
      await model.dispose();
    },
  };
}
