import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What whisper.cpp would write for a note in which "red mug" is said in English. */
export const RED_MUG = {
  result: { language: 'en' },
  transcription: [
    {
      text: ' Red mug.',
      tokens: [
        { text: '[_BEG_]', p: 0.1 },
        { text: ' Red', p: 0.9 },
        { text: ' mug', p: 0.8 },
        { text: '.', p: 0.9 },
        { text: '[_TT_50]', p: 0.1 },
      ],
    },
  ],
};

/**
 * The real whisper-node in a folder of its own, with a shell script in whisper.cpp's place and an empty model. The script gets
 * whisper.cpp's arguments; the file is the last of them.
 *
 * @returns the package's folder
 */
export function stagedWhisperNode(dir: string, script: string | undefined, model = 'base'): string {
  const installed = dirname(require.resolve('whisper-node/package.json'));
  const modules = join(dir, 'node_modules');
  const folder = join(modules, 'whisper-node');
  const engine = join(folder, 'lib', 'whisper.cpp');
  mkdirSync(join(engine, 'models'), { recursive: true });
  for (const part of ['dist', 'package.json']) cpSync(join(installed, part), join(folder, part), { recursive: true });
  symlinkSync(dirname(require.resolve('shelljs/package.json')), join(modules, 'shelljs'));
  if (script !== undefined) {
    writeFileSync(join(engine, 'main'), `#!/bin/sh\nfor file; do :; done\n${script}\n`);
    chmodSync(join(engine, 'main'), 0o755);
  }
  if (model !== '') writeFileSync(join(engine, 'models', `ggml-${model}.bin`), '');
  return folder;
}
