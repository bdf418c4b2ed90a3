import { getEventListeners } from 'node:events';
import { join } from 'node:path';
import { IsolatedTextEncoder } from '../../src/encoders';

const standIn = join(__dirname, '..', 'support', 'encoders', 'stand-in.cjs');
const describeStandIn = { id: 'stand-in', space: 'test', dimensions: 2, maxBatch: 8 };
let encoder: IsolatedTextEncoder;

beforeEach(() => {
  encoder = new IsolatedTextEncoder({
    describe: describeStandIn,
    module: standIn,
    deadline: 2_000,
    heapMegabytes: 64,
    queueLimit: 3,
  });
});
afterEach(() => encoder.close());

const encode = (text: string, signal?: AbortSignal) => encoder.encode([text], { ...(signal && { signal }) });

it('encodes', async () => {
  expect((await encode('hat')).map((vector) => [...vector])).toEqual([[3, 1]]);
  expect((await encoder.encode(['a', 'bb'], {})).map((vector) => [...vector])).toEqual([
    [1, 1],
    [2, 1],
  ]);
});

it('leaves nothing of a call behind on a signal that outlives it', async () => {
  const { signal } = new AbortController();
  for (let call = 0; call < 12; call++) await encode('hat', signal);
  await expect(encode('throw', signal)).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

it.each(['throw', 'hang', 'grow', 'exit'])('survives an encoder that does this: %s', async (fault) => {
  const broken = encode(fault);
  const after = encode('hat');
  await expect(broken).rejects.toMatchObject({
    code: 'ENCODER_FAILED',
    message: expect.not.stringContaining('secret'),
  });
  expect([...((await after)[0] ?? [])]).toEqual([3, 1]);
});

it('turns callers away when too many wait, and forgets those that gave up', async () => {
  const hanging = encode('hang');
  const controller = new AbortController();
  const waiting = encode('a', controller.signal);
  const other = encode('b');
  await expect(encode('c')).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
  await expect(hanging).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
  expect((await other).length).toBe(1);
});

it('does not begin for a caller that gave up before', async () => {
  await expect(encode('hang', AbortSignal.abort())).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
  expect((await encode('hat')).length).toBe(1);
});

it('rejects what is under way when it is closed', async () => {
  const hanging = encode('hang');
  const waiting = encode('a');
  const results = Promise.allSettled([hanging, waiting]);
  await encoder.close();
  expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(encode('b')).rejects.toMatchObject({ code: 'ENCODER_FAILED' });
});
