import { BytesAttachmentScreener, SharpPictureNormaliser, sniffVoice } from '../../src/media';
import { faultOf } from './helpers/faults';
import { fixture, sentence, wav } from './helpers/recordings';

const screener = new BytesAttachmentScreener(new SharpPictureNormaliser());

test.each([
  ['speech.wav', 'audio/wav'],
  ['speech.mp3', 'audio/mpeg'],
  ['tagged.mp3', 'audio/mpeg'],
  ['opus.ogg', 'audio/ogg'],
  ['vorbis.ogg', 'audio/ogg'],
  ['opus.webm', 'audio/webm'],
  ['aac.m4a', 'audio/mp4'],
  ['aac.mp4', 'audio/mp4'],
  ['opus.mp4', 'audio/mp4'],
  ['fragmented.mp4', 'audio/mp4'],
  ['speech.3gp', 'audio/3gpp'],
  ['speech.aac', 'audio/aac'],
  ['speech.flac', 'audio/flac'],
  ['speech.amr', 'audio/amr'],
])('%s is %s, and is kept as it came', async (name, contentType) => {
  const bytes = fixture(name);
  expect(sniffVoice(bytes)).toBe(contentType);
  expect(await screener.screen(bytes, name)).toEqual({ bytes, contentType, name });
});

const page = (packet: string) => `OggS\0\x02${'\0'.repeat(20)}\x01\x13${packet}`;
const tag = (rest: string) => `ID3\x04\0\0\0\0\0\x04abcd${rest}`;
test.each([
  ['nothing', ''],
  ['an HLS playlist', '#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n'],
  ['a Linux executable', `\x7fELF\x02\x01\x01${'\0'.repeat(64)}`],
  ['a Windows executable', `MZ\x90\0${'\0'.repeat(64)}`],
  ['a film in Ogg', page('\x80theora')],
  ['an Ogg page that ends at once', 'OggS'],
  ['an EBML file of another kind', '\x1aE\xdf\xa3\x9f\x42\x82\x84data'],
  ['an AVI film', 'RIFF\0\0\0\0AVI LIST'],
  ['a tag with a picture behind it', tag('\xff\xd8\xff\xe0')],
  ['a tag with nothing behind it', tag('')],
  ['text in UTF-16', '\xff\xfeh\0e\0'],
  ['a frame with a forbidden bit rate', '\xff\xfb\xf0\0'],
  ['a picture in HEIF', '\0\0\0\x18ftypmif1'],
])('%s is no recording', (_name, bytes) => {
  expect(sniffVoice(Buffer.from(bytes, 'latin1'))).toBeUndefined();
});

test('what follows a tag decides, and may come behind padding', () => {
  expect(sniffVoice(Buffer.from(tag('\0\0\0\xff\xfb\x90\0'), 'latin1'))).toBe('audio/mpeg');
  expect(sniffVoice(Buffer.from(tag('\xff\xf1\x50\x80'), 'latin1'))).toBe('audio/aac');
  expect(sniffVoice(Buffer.from(tag('fLaC'), 'latin1'))).toBe('audio/flac');
});

test('a recording above 16 MB is not kept', async () => {
  const bytes = Buffer.concat([wav([sentence()], 16_000), Buffer.alloc(16 * 1024 * 1024)]);
  expect((await faultOf(screener.screen(bytes, 'note.wav'))).code).toBe('ATTACHMENT_TOO_LARGE');
});
