import { benchClean } from './clean';
import { benchQueries } from './queries';
import { benchVoiceTurns } from './turns';
import { chooseDecodeWeights } from './weights';

const PARTS: Readonly<Record<string, (log: (line: string) => void) => Promise<void>>> = {
  clean: benchClean,
  queries: benchQueries,
  turns: benchVoiceTurns,
  weights: chooseDecodeWeights,
};

/** Measures one part of how voice notes are understood. */
export async function benchVoice(part: string | undefined, log: (line: string) => void): Promise<void> {
  const run = PARTS[part ?? 'clean'];
  if (!run) throw new Error(`the parts are ${Object.keys(PARTS).join(', ')}`);
  await run(log);
}
