import { basename } from 'node:path';
import { VitrineError } from '../domain';
import { pinOf } from './lock';
import { threads, type WorkerData } from './model-spec';
import { fileAndFormat } from './open-graph';
import type { PinnedFile } from './verify';

/** What is needed to load a model of several graphs that was pulled; plain data. */
export interface PulledSpec {
  readonly id: string;
  /** All files are checked against these before any of them is used. */
  readonly files: readonly PinnedFile[];
  /** Threads of one run. */
  readonly threads: number;
}

/** What loading a model takes. Throws MODEL_MISSING when nobody has told its bytes yet, that is: before it was pulled. */
export async function pulledSpec({ entry, lockFile }: WorkerData): Promise<PulledSpec> {
  const pin = await pinOf(entry, lockFile);
  if (!pin) throw new VitrineError('MODEL_MISSING', `${entry.id} was not pulled yet.`);
  return { id: entry.id, files: pin.files, threads: threads() };
}

/** How its graphs are run: on the CPU, without any network, each in the number format that the name of its file tells. */
export function runOptions({ files, threads: intraOpNumThreads }: PulledSpec) {
  const formats = files
    .filter(({ path }) => path.endsWith('.onnx'))
    .map(({ path }) => {
      const { model_file_name, dtype } = fileAndFormat(basename(path));
      return [model_file_name, dtype] as const;
    });
  return {
    local_files_only: true,
    dtype: Object.fromEntries(formats) as Record<string, (typeof formats)[number][1]>,
    device: 'cpu',
    session_options: { intraOpNumThreads, interOpNumThreads: 1 },
  } as const;
}
