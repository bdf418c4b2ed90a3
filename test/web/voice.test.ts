import english from '../../locales/en/page.json';
import { clockTime, spokenTime } from '../../src/web/chat/voice/duration';
import { heardIn, withHeard } from '../../src/web/chat/voice/heard';
import { loudness } from '../../src/web/chat/voice/loudness';
import { plainType, recordingName, recordingType } from '../../src/web/chat/voice/recording-type';
import { endsSoon, recorderSays } from '../../src/web/chat/voice/said';

describe('the type of a recording', () => {
  it.each([
    ['Chromium', /^audio\/(webm|mp4)/, 'audio/webm;codecs=opus'],
    ['Firefox', /^audio\/(webm|ogg)/, 'audio/webm;codecs=opus'],
    ['Safari', /^audio\/mp4/, 'audio/mp4;codecs=mp4a.40.2'],
    ['a browser that knows none of ours', /^audio\/x/, undefined],
  ])('%s', (_browser, known, type) => {
    expect(recordingType((asked) => known.test(asked))).toBe(type);
  });

  it.each([
    ['audio/webm;codecs=opus', 'audio/webm', 'voice-note.webm'],
    ['video/webm', 'audio/webm', 'voice-note.webm'],
    ['audio/ogg; codecs=opus', 'audio/ogg', 'voice-note.ogg'],
    ['audio/mp4;codecs=mp4a.40.2', 'audio/mp4', 'voice-note.m4a'],
    ['', 'audio/webm', 'voice-note.webm'],
    ['audio/strange', 'audio/strange', 'voice-note.webm'],
  ])('%s is %s, called %s', (type, plain, name) => {
    expect([plainType(type), recordingName(type)]).toEqual([plain, name]);
  });
});

it.each([
  [0, '0:00', '0 seconds'],
  [1.99, '0:01', '1 second'],
  [59.9, '0:59', '59 seconds'],
  [60, '1:00', '1 minute'],
  [65, '1:05', '1 minute, 5 seconds'],
  [120, '2:00', '2 minutes'],
  [-1, '0:00', '0 seconds'],
])('%d seconds: %s, "%s"', (seconds, shown, said) => {
  expect([clockTime(seconds), spokenTime(seconds, 'en')]).toEqual([shown, said]);
});

it('says a length as each language does', () => {
  expect(spokenTime(2, 'ru')).toBe('2 секунды');
  expect(spokenTime(61, 'de')).toBe('1 Minute, 1 Sekunde');
  expect(spokenTime(5, 'zh')).toBe('5秒钟');
});

describe('the level', () => {
  const tone = (height: number) => Float32Array.from({ length: 1024 }, (_, index) => height * Math.sin(index / 3));

  it('is none in silence and full in a shout', () => {
    expect(loudness(new Float32Array(1024))).toBe(0);
    expect(loudness([])).toBe(0);
    expect(loudness(tone(1))).toBe(1);
  });

  it('grows evenly with decibels', () => {
    const levels = [0.01, 0.1, 0.2, 0.4].map((height) => loudness(tone(height)));
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect((levels[3] ?? 0) - (levels[2] ?? 0)).toBeCloseTo((levels[2] ?? 0) - (levels[1] ?? 0), 3);
  });
});

describe('what screen readers are told', () => {
  it.each([
    [{ phase: 'idle', seconds: 0 }, '', undefined],
    [{ phase: 'asking', seconds: 0, event: 'press' }, english.recordAsking, undefined],
    [{ phase: 'recording', seconds: 7, event: 'granted' }, english.recording, undefined],
    [{ phase: 'recording', seconds: 110, event: 'granted' }, english.recordEndsSoon, '10 seconds'],
    [{ phase: 'recording', seconds: 115, event: 'granted' }, english.recordEndsSoon, '10 seconds'],
    [{ phase: 'ready', seconds: 5, event: 'finished' }, english.recordStopped, '5 seconds'],
    [{ phase: 'idle', seconds: 0, event: 'cancel' }, english.recordCancelled, undefined],
    [{ phase: 'idle', seconds: 0, event: 'discard' }, english.recordDiscarded, undefined],
    [{ phase: 'idle', seconds: 0, event: 'sent' }, '', undefined],
  ] as const)('%j: %s', (state, text, time) => {
    expect(recorderSays(state, english, 'en')).toEqual({ text, ...(time && { time }) });
  });

  it('only a running recording ends soon', () => {
    expect(endsSoon({ phase: 'ready', seconds: 119 })).toBe(false);
  });
});

describe('what was heard', () => {
  const said = (heard: unknown, replyToId: unknown = 'm1') => ({ replyToId, channelData: { vitrine: { heard } } });

  it('is found by the message that it was said in', () => {
    const heard = heardIn([
      { type: 'message' },
      said({ text: ' red bag ', sure: true }),
      said({ text: 'bue bag', sure: false }, 'm2'),
    ]);
    expect([...heard]).toEqual([
      ['m1', { text: 'red bag', sure: true }],
      ['m2', { text: 'bue bag', sure: false }],
    ]);
  });

  it('is unsure where nobody says that it is sure', () => {
    expect(heardIn([said({ text: 'bag' })]).get('m1')).toEqual({ text: 'bag', sure: false });
  });

  it.each([
    [said({ text: '  ', sure: true })],
    [said({ sure: true })],
    [said({ text: 7, sure: true })],
    [said(null)],
    [said({ text: 'bag' }, '')],
    [{ ...said({ text: 'bag' }), replyToId: undefined }],
    [{ replyToId: 'm1', channelData: null }],
    [{ replyToId: 'm1', channelData: 'heard' }],
  ])('is nothing in %j', (activity) => {
    expect(heardIn([activity]).size).toBe(0);
  });

  it.each([
    ['', 'red bag', 'red bag'],
    ['under 50 ', 'red bag', 'under 50\nred bag'],
    ['red bag', 'red bag', 'red bag'],
    ['under 50\nred bag', 'red bag', 'under 50\nred bag'],
  ])('goes to the words "%s" as "%s", and nothing is lost', (draft, heard, words) => {
    expect(withHeard(draft, heard)).toBe(words);
  });
});
