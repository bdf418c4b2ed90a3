import { Recorder } from '../../src/web/chat/voice/recorder';
import { FakeClock, FakeMicrophone, settled } from './support/fake-microphone';

let microphone: FakeMicrophone;
let clock: FakeClock;
let recorder: Recorder<string>;

beforeEach(() => {
  microphone = new FakeMicrophone();
  clock = new FakeClock();
  recorder = new Recorder(microphone, clock);
});

/** After every way a recording can end: no take is open, and no clock runs. */
afterEach(() => {
  expect(microphone.fates).not.toContain('on');
  expect(clock.running).toBe(0);
});

async function record(seconds = 0): Promise<void> {
  void recorder.press();
  await microphone.answer();
  await clock.pass(seconds);
}

it('records, and the note waits with its length', async () => {
  await record(3.4);
  expect(recorder.snapshot()).toEqual({ phase: 'recording', seconds: 3, event: 'granted' });
  expect(recorder.level()).toBe(0.5);
  await clock.pass(2);
  await recorder.stop();
  expect(recorder.snapshot()).toEqual({
    phase: 'ready',
    seconds: 5,
    note: { file: 'sound', seconds: expect.closeTo(5.4) },
    event: 'finished',
  });
  expect(recorder.level()).toBe(0);
  recorder.sent();
  expect(recorder.snapshot()).toEqual({ phase: 'idle', seconds: 0, event: 'sent' });
});

it('stops by itself at two minutes, and says so', async () => {
  await record(119.9);
  expect(recorder.snapshot().phase).toBe('recording');
  await clock.pass(0.3);
  const { phase, note, notice } = recorder.snapshot();
  expect([phase, note?.seconds, notice]).toEqual(['ready', 120, 'recordFull']);
});

it.each(['microphoneRefused', 'microphoneMissing', 'microphoneBusy', 'microphoneInsecure'] as const)(
  'tells why there is no microphone: %s, until the next try',
  async (problem) => {
    void recorder.press();
    await microphone.answer(problem);
    expect(recorder.snapshot()).toEqual({ phase: 'idle', seconds: 0, notice: problem, event: 'failed' });
    await record();
    expect(recorder.snapshot()).not.toHaveProperty('notice');
    recorder.cancel();
  },
);

it('gives back a microphone that comes after the shopper has cancelled', async () => {
  void recorder.press();
  recorder.cancel();
  await microphone.answer();
  expect(microphone.fates).toEqual(['abandoned']);
  expect(recorder.snapshot().phase).toBe('idle');
});

it('an old question that is answered late does not touch the new one', async () => {
  void recorder.press();
  recorder.cancel();
  void recorder.press();
  await microphone.answer('microphoneBusy');
  expect(recorder.snapshot()).toEqual({ phase: 'asking', seconds: 0, event: 'press' });
  await microphone.answer();
  expect(recorder.snapshot().phase).toBe('recording');
  recorder.cancel();
});

it('cancels a running recording', async () => {
  await record(2);
  recorder.cancel();
  expect(microphone.fates).toEqual(['abandoned']);
  expect(recorder.snapshot()).toEqual({ phase: 'idle', seconds: 0, event: 'cancel' });
  await recorder.stop();
  expect(recorder.snapshot().phase).toBe('idle');
});

it('cancels while the recording is being closed: what comes then is dropped', async () => {
  await record(2);
  const stopping = recorder.stop();
  recorder.cancel();
  await stopping;
  expect(recorder.snapshot()).toEqual({ phase: 'idle', seconds: 0, event: 'cancel' });
});

it('keeps what was recorded until the microphone was unplugged', async () => {
  await record(2);
  await microphone.unplug();
  expect(recorder.snapshot()).toMatchObject({ phase: 'ready', note: { seconds: 2 }, notice: 'recordCut' });
});

it('says that nothing was recorded', async () => {
  microphone.file = undefined;
  await record();
  await recorder.stop();
  expect(recorder.snapshot()).toEqual({ phase: 'idle', seconds: 0, notice: 'recordEmpty', event: 'failed' });
  recorder.dismiss();
  expect(recorder.snapshot()).not.toHaveProperty('notice');
});

it('records again in place of the note, and discards', async () => {
  await record(2);
  await recorder.stop();
  microphone.file = 'second';
  await record(1);
  await recorder.stop();
  expect(recorder.snapshot().note?.file).toBe('second');
  recorder.discard();
  expect(recorder.snapshot()).toEqual({ phase: 'idle', seconds: 0, event: 'discard' });
});

it('tells of whole seconds, not of every look at the clock', async () => {
  await record();
  const told = jest.fn();
  const forget = recorder.subscribe(told);
  await clock.pass(0.2);
  await clock.pass(0.2);
  expect(told).not.toHaveBeenCalled();
  await clock.pass(0.7);
  expect(told).toHaveBeenCalledTimes(1);
  forget();
  recorder.cancel();
  await settled();
  expect(told).toHaveBeenCalledTimes(1);
});
