import { createLlm } from '../app-llm';
import type { Config } from '../config';
import { type ModelResult, messageOf } from '../domain';
import { LexiconAnalyzer, loadLexicons } from '../understanding';
import type { Check } from './check';

const NAME = 'language model';
/** A reading of this holds where the answer's form does. */
const ASKED = { text: 'red backpack', language: 'en' } as const;

/** Whether the language model that LLM_URL names answers in time and in the form that is asked; nothing where there is none. */
export async function checkLlm(config: Config): Promise<Check[]> {
  if (config.LLM_URL === '') return [];
  const calls: { readonly result: ModelResult; readonly milliseconds: number }[] = [];
  const about = `${config.LLM_MODEL} at ${new URL(config.LLM_URL).host}`;
  try {
    const lexicons = loadLexicons(config.LOCALES_DIR, config.MODELS_DIR);
    const { reader } = createLlm({
      ...{ config: { ...config, LLM_USE: 'understand' }, lexicons, analyzer: new LexiconAnalyzer(lexicons) },
      clock: Date.now,
      onCall: (call) => calls.push(call),
    });
    const parts = await reader?.read(ASKED, { currency: config.CURRENCY, brands: [] }, new AbortController().signal);
    const took = `${about}, ${Math.round(calls[0]?.milliseconds ?? 0)} ms (LLM_USE=${config.LLM_USE})`;
    if (parts?.wanted.kinds.includes('backpack')) return [{ name: NAME, state: 'ok', detail: took }];
    const advice = 'choose a model that keeps to a JSON schema (LLM_MODEL); until then the built-in path answers';
    return [{ name: NAME, state: 'note', detail: `${took}: the answer to a test is of no use`, advice }];
  } catch (error) {
    const detail = `${about}: ${messageOf(error)}; the built-in path answers`;
    return [{ name: NAME, state: 'fail', detail, advice: 'check LLM_URL, LLM_MODEL, LLM_KEY and LLM_TIMEOUT_MS' }];
  }
}
