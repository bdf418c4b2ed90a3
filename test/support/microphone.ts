import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RATE = 48_000;

/** A WAV of a voice-like hum that comes and goes, one channel, 16 bits. */
export function hum(seconds: number): Buffer {
  const count = RATE * seconds;
  const wav = Buffer.alloc(44 + count * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + count * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(count * 2, 40);
  for (let index = 0; index < count; index += 1) {
    const time = index / RATE;
    const wave = Math.sin(2 * Math.PI * 180 * time) + 0.5 * Math.sin(2 * Math.PI * 720 * time);
    wav.writeInt16LE(Math.round(Math.max(0, Math.sin(time * 9)) * wave * 12_000), 44 + index * 2);
  }
  return wav;
}

/** Flags that give Chromium a microphone in which a file is heard, over and over. */
export function fakeMicrophone(wav: Buffer): { readonly flags: readonly string[]; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-microphone-'));
  const file = join(folder, 'microphone.wav');
  writeFileSync(file, wav);
  return {
    flags: ['--use-fake-device-for-media-stream', `--use-file-for-fake-audio-capture=${file}`],
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs in a page before its own scripts: remembers every track of a microphone that it was given. */
export const WATCH_TRACKS = `(() => {
  window.tracks = [];
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wishes) => {
    const stream = await ask(wishes);
    window.tracks.push(...stream.getTracks());
    return stream;
  };
})()`;

/** Runs in a page before its own scripts: the browser has voices in some languages, and writes down what it says. */
export const FAKE_VOICES = `(() => {
  window.spoken = [];
  const voices = ['en-GB', 'de-DE'].map((lang) => ({ lang, default: false, name: lang }));
  class Speech extends EventTarget {
    getVoices() { return voices; }
    speak({ text, lang }) { window.spoken.push(lang + ': ' + text); }
    cancel() { window.spoken.push('silence'); }
  }
  Object.defineProperty(window, 'speechSynthesis', { value: new Speech() });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})()`;
