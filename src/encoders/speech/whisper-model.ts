import {
  AutoFeatureExtractor,
  AutoTokenizer,
  LogitsProcessorList,
  type Tensor,
  WhisperForConditionalGeneration,
} from '@huggingface/transformers';
import { z } from 'zod';
import { type Heard, isLanguage, type Language } from '../../domain';
import { openChecked } from '../open-graph';
import { type PulledSpec, runOptions } from '../pulled-model';
import { WhisperGuide, type WhisperTokens } from './whisper-guide';
import { joinTokens, windowsOf } from './windows';

/** A loaded Whisper. */
export interface WhisperModel {
  /** What is said in samples of one channel, 16,000 a second, of any length; `hint` is the likely language. */
  hear(samples: Float32Array, hint?: Language): Promise<Heard>;
  /** Frees the sessions; the model can't be used afterwards. */
  dispose(): Promise<void>;
}

/** Nobody speaks in a window whose probability of no speech is higher, and whose words are less sure, than these. */
const NO_SPEECH = 0.6;
const LEAST_MEAN = -1;
/** Most tokens that are decoded: some, and so many a second. Where a model repeats itself, it ends there. */
const TOKENS = { least: 16, aSecond: 12, most: 220 };
/** Language, task, no timestamps. */
const STEERED = 3;

const generation = z.object({
  decoder_start_token_id: z.int(),
  eos_token_id: z.int(),
  no_timestamps_token_id: z.int(),
  lang_to_id: z.record(z.string(), z.int()),
  task_to_id: z.object({ transcribe: z.int() }),
  suppress_tokens: z.array(z.int()).nullish(),
  begin_suppress_tokens: z.array(z.int()).nullish(),
});
const extraction = z.object({ sampling_rate: z.literal(16_000), n_samples: z.int().positive() });

/**
 * Loads Whisper from a folder in Hugging Face layout, on the CPU and without any network. Every file is checked first: see
 * `openChecked` for what it throws.
 */
export function loadWhisper(folder: string, spec: PulledSpec): Promise<WhisperModel> {
  return openChecked(folder, spec, (absolute) => open(absolute, spec));
}

async function open(folder: string, spec: PulledSpec): Promise<WhisperModel> {
  const local = { local_files_only: true } as const;
  const [extractor, tokenizer, model] = await Promise.all([
    AutoFeatureExtractor.from_pretrained(folder, local),
    AutoTokenizer.from_pretrained(folder, local),
    WhisperForConditionalGeneration.from_pretrained(folder, runOptions(spec)),
  ]);
  const config = generation.parse(model.generation_config);
  const { n_samples: size, sampling_rate: rate } = extraction.parse(extractor.config);
  const tokens = tokensOf(config);

  /** One window; `language` is certain from an earlier one. */
  async function hearWindow(samples: Float32Array, language: string | undefined, hint: Language | undefined) {
    const guide = new WhisperGuide(tokens, { language, hint });
    const logits_processor = new LogitsProcessorList();
    logits_processor.push(guide);
    const { input_features } = (await extractor(samples)) as { input_features: Tensor };
    const most = Math.min(TOKENS.most, TOKENS.least + Math.ceil((TOKENS.aSecond * samples.length) / rate));
    const decoded = (await model.generate({
      inputs: input_features,
      logits_processor,
      // The guide suppresses: the library would before it has seen the probability of no speech.
      suppress_tokens: [],
      begin_suppress_tokens: null,
      forced_decoder_ids: null,
      return_timestamps: false,
      decoder_input_ids: [config.decoder_start_token_id],
      max_new_tokens: STEERED + most,
      // The types ask for all settings of a generation.
    } as unknown as Parameters<typeof model.generate>[0])) as Tensor;
    const said = [...(decoded.data as BigInt64Array)].map(Number).slice(1 + STEERED);
    const { logProbabilities, noSpeech } = guide;
    const mean = logProbabilities.reduce((sum, value) => sum + value, 0) / Math.max(1, logProbabilities.length);
    const silent = noSpeech > NO_SPEECH && mean < LEAST_MEAN;
    return {
      language: guide.language,
      ids: silent ? [] : said.filter((id) => id < tokens.end),
      logProbabilities: silent ? [] : logProbabilities,
    };
  }

  return {
    async hear(samples, hint) {
      let language: string | undefined;
      let ids: number[] = [];
      const logProbabilities: number[] = [];
      for (const [begin, end] of windowsOf(samples.length, size)) {
        const window = await hearWindow(samples.subarray(begin, end), language, hint);
        if (window.ids.length === 0) continue;
        language ??= window.language;
        ids = ids.length === 0 ? window.ids : joinTokens(ids, window.ids);
        logProbabilities.push(...window.logProbabilities);
      }
      if (ids.length === 0) return { text: '', confidence: 0 };
      const mean = logProbabilities.reduce((sum, value) => sum + value, 0) / logProbabilities.length;
      return {
        text: tokenizer.decode(ids, { skip_special_tokens: true }).trim(),
        confidence: Math.exp(mean),
        ...(language !== undefined && isLanguage(language) && { language }),
      };
    },
    async dispose() {
      await model.dispose();
    },
  };
}

function tokensOf(config: z.output<typeof generation>): WhisperTokens {
  const { no_timestamps_token_id: noTimestamps } = config;
  return {
    languages: new Map(Object.entries(config.lang_to_id).map(([token, id]) => [token.replace(/[<|>]/g, ''), id])),
    transcribe: config.task_to_id.transcribe,
    noTimestamps,
    // It stands there in every Whisper; generation_config.json does not name it.
    noSpeech: noTimestamps - 1,
    end: config.eos_token_id,
    suppressed: config.suppress_tokens ?? [],
    suppressedFirst: config.begin_suppress_tokens ?? [],
  };
}
