import { type SpokenCard, spokenParts, voiceFor } from './spoken';

/** The browser's voice; undefined where it has none. */
function synthesis(): SpeechSynthesis | undefined {
  return 'speechSynthesis' in window ? window.speechSynthesis : undefined;
}

/** True when the browser has a voice for a language now; voices come late in some. */
export function hasVoice(locale: string): boolean {
  return voiceFor(synthesis()?.getVoices() ?? [], locale) !== undefined;
}

/** Calls when voices come or go. */
export function watchVoices(changed: () => void): () => void {
  const speech = synthesis();
  speech?.addEventListener('voiceschanged', changed);
  return () => speech?.removeEventListener('voiceschanged', changed);
}

/** Reads an answer out, after what is being read; silent in a language that the browser has no voice for. */
export function read(text: string, cards: readonly SpokenCard[], locale: string): void {
  const speech = synthesis();
  const voice = voiceFor(speech?.getVoices() ?? [], locale);
  if (speech === undefined || voice === undefined) return;
  for (const part of spokenParts(text, cards, locale)) {
    const utterance = new SpeechSynthesisUtterance(part);
    utterance.voice = voice;
    utterance.lang = voice.lang.replaceAll('_', '-');
    speech.speak(utterance);
  }
}

/** Says no more of what is being read. */
export function stopReading(): void {
  synthesis()?.cancel();
}
