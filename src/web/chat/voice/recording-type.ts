/** In the order of preference: Opus is made for speech and all our decoders read it; Safari knows AAC only. */
const TYPES = [
  'audio/webm;codecs=opus',
  'audio/webm',
  'audio/ogg;codecs=opus',
  'audio/mp4;codecs=mp4a.40.2',
  'audio/mp4',
];
const ENDINGS: Readonly<Record<string, string>> = { 'audio/webm': 'webm', 'audio/ogg': 'ogg', 'audio/mp4': 'm4a' };

/** What to record in; undefined leaves it to the browser. */
export function recordingType(isSupported: (type: string) => boolean): string | undefined {
  return TYPES.find(isSupported);
}

/** The type without its codecs, as files call it; `video/webm` and the like name the same containers. */
export function plainType(type: string): string {
  const plain = type.split(';')[0]?.trim().toLowerCase() ?? '';
  return plain.replace(/^video\//, 'audio/') || 'audio/webm';
}

/** What a recording of this type is called. */
export function recordingName(type: string): string {
  return `voice-note.${ENDINGS[plainType(type)] ?? 'webm'}`;
}
