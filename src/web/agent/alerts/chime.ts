/** Notes in Hz, one after the other: rising for somebody new, short for a message. */
const MELODIES = { newTicket: [587, 880], transferred: [587, 880], newMessage: [740] } as const;
const NOTE_SECONDS = 0.16;
const LOUDNESS = 0.12;

let context: AudioContext | undefined;

/** Lets the page be heard. Browsers want a click or a key first; called at each, it costs nothing. */
export function allowSound(): void {
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume().catch(() => undefined);
}

/** A short sound, made here: no file. Silent until the agent has clicked something. */
export function chime(kind: keyof typeof MELODIES): void {
  if (context?.state !== 'running') return;
  for (const [index, frequency] of MELODIES[kind].entries()) tone(context, frequency, index * NOTE_SECONDS);
}

function tone(audio: AudioContext, frequency: number, after: number): void {
  const from = audio.currentTime + after;
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.frequency.value = frequency;
  // Rises and fades: a tone that is cut clicks.
  volume.gain.setValueAtTime(0, from);
  volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, from + NOTE_SECONDS * 2);
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start(from);
  oscillator.stop(from + NOTE_SECONDS * 2);
}
