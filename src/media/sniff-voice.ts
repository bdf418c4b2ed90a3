/** What a recording is by its bytes. A 3GP file is an MP4 file; so is M4A. */
export type VoiceKind = 'wav' | 'mp3' | 'opus' | 'vorbis' | 'webm' | 'mp4' | '3gp' | 'aac' | 'flac' | 'amr';

/** What browsers and channels call them. */
const CONTENT_TYPES: Readonly<Record<VoiceKind, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  opus: 'audio/ogg',
  vorbis: 'audio/ogg',
  webm: 'audio/webm',
  mp4: 'audio/mp4',
  '3gp': 'audio/3gpp',
  aac: 'audio/aac',
  flac: 'audio/flac',
  amr: 'audio/amr',
};
const MP4_BRANDS = /^(?:M4[ABV] |mp4[12]|isom|iso[2-9]|dash|avc1|MSNV)$/;
/** How far behind an ID3 tag the first frame may lie: taggers pad. */
const TAG_PADDING = 4_096;

/** The content type of a recording by its bytes; undefined for what is none. */
export function sniffVoice(bytes: Buffer): string | undefined {
  const kind = voiceKind(bytes);
  return kind && CONTENT_TYPES[kind];
}

/** What kind of recording it is; undefined for what is none. Says what the file claims to be, not that it can be decoded. */
export function voiceKind(bytes: Buffer): VoiceKind | undefined {
  const head = bytes.toString('latin1', 0, 64);
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WAVE') return 'wav';
  if (head.startsWith('OggS')) return oggKind(head);
  // Matroska: a browser's recorder calls the same bytes `video/webm` when it likes.
  if (head.startsWith('\x1aE\xdf\xa3')) return /webm|matroska/.test(head) ? 'webm' : undefined;
  if (head.startsWith('fLaC')) return 'flac';
  if (/^#!AMR(?:-WB)?\n/.test(head)) return 'amr';
  if (head.slice(4, 8) === 'ftyp') return mp4Kind(head.slice(8, 12));
  if (head.startsWith('ID3')) return taggedKind(bytes);
  return frameKind(bytes, 0);
}

/** The first page holds nothing but the codec's first packet, behind the page's header and its table of segments. */
function oggKind(head: string): VoiceKind | undefined {
  const packet = head.slice(27 + (head.charCodeAt(26) || 0));
  if (packet.startsWith('OpusHead')) return 'opus';
  return packet.startsWith('\x01vorbis') ? 'vorbis' : undefined;
}

function mp4Kind(brand: string): VoiceKind | undefined {
  if (/^3g[p2]/.test(brand)) return '3gp';
  return MP4_BRANDS.test(brand) ? 'mp4' : undefined;
}

/** What follows an ID3v2 tag, whose length is written in seven bits a byte. */
function taggedKind(bytes: Buffer): VoiceKind | undefined {
  const start = 10 + [6, 7, 8, 9].reduce((size, at) => size * 128 + ((bytes[at] ?? 0) & 0x7f), 0);
  for (let at = start; at < Math.min(bytes.length, start + TAG_PADDING); at++) {
    if (bytes.toString('latin1', at, at + 4) === 'fLaC') return 'flac';
    const kind = frameKind(bytes, at);
    if (kind !== undefined) return kind;
    if (bytes[at] !== 0) return undefined;
  }
  return undefined;
}

/** A frame of MPEG audio layer III, or of AAC in ADTS: eleven or twelve sync bits, then fields with forbidden values. */
function frameKind(bytes: Buffer, at: number): VoiceKind | undefined {
  const [first = 0, second = 0, third = 0] = bytes.subarray(at, at + 3);
  if (first !== 0xff) return undefined;
  if ((second & 0xf6) === 0xf0) return (third & 0x3c) >> 2 < 13 ? 'aac' : undefined;
  const known = (second & 0x18) !== 0x08 && third >> 4 !== 0xf && (third & 0x0c) !== 0x0c;
  return (second & 0xe6) === 0xe2 && known ? 'mp3' : undefined;
}
