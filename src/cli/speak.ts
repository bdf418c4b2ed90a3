import { spawn, spawnSync } from 'node:child_process';

/** Milliseconds. */
const SPEAKING = 10_000;

/** How espeak-ng speaks: a voice's name, words a minute, pitch from 0 to 99. */
export interface Voice {
  readonly name: string;
  readonly speed: string;
  readonly pitch: string;
}

/** Is espeak-ng there? */
export function canSpeak(): boolean {
  return spawnSync('espeak-ng', ['--version']).status === 0;
}

/** The words as a WAV file; undefined where espeak-ng says nothing. */
export function speak(words: string, { name, speed, pitch }: Voice): Promise<Buffer | undefined> {
  // A text that begins with a dash is no option.
  const args = ['-v', name, '-s', speed, '-p', pitch, '--stdout', '--', words];
  return new Promise((resolve) => {
    const child = spawn('espeak-ng', args, { stdio: ['ignore', 'pipe', 'ignore'], timeout: SPEAKING });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', () => resolve(undefined));
    child.on('close', (code) => resolve(code === 0 && parts.length > 0 ? Buffer.concat(parts) : undefined));
  });
}
