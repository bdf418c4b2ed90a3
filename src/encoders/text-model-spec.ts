import { availableParallelism } from 'node:os';
import { VitrineError } from '../domain';
import type { Pin } from './lock';
import type { ModelEntry } from './manifest';
import type { TextModelSpec } from './text-model';

/**
 * What loading the text side of a model takes. Of its ONNX files only the text side's own is needed. Throws
 * MODEL_MISSING when nobody has told its bytes yet, that is: before it was pulled.
 */
export function textModelSpec(entry: ModelEntry, pin: Pin | undefined): TextModelSpec {
  const { id, dimensions, encoding } = entry;
  if (!encoding || dimensions === null) throw new VitrineError('MODEL_CORRUPT', `${id} is no text encoder.`);
  if (!pin) throw new VitrineError('MODEL_MISSING', `${id} was not pulled yet.`);
  return {
    id,
    dimensions,
    encoding,
    files: pin.files.filter(({ path }) => !path.endsWith('.onnx') || path === encoding.file),
    // Half of the cores: the other half answers requests and searches.
    threads: Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2))),
  };
}
