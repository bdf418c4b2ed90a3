import { Lanes } from '../../src/channels/turns/lanes';

it('lets others run in the place of a job that stepped aside, and waits for it when all is over', async () => {
  const began: string[] = [];
  const ends = new Map<string, () => void>();
  const faults: unknown[] = [];
  const lanes = new Lanes(
    1,
    async (key, stepAside) => {
      began.push(key);
      if (key.startsWith('slow')) stepAside();
      await new Promise<void>((resolve) => ends.set(key, resolve));
      return false;
    },
    (error) => faults.push(error),
  );
  const settled = async () => {
    for (let i = 0; i < 20; i++) await undefined;
  };
  for (const key of ['slow 1', 'slow 2', 'first', 'second']) lanes.wake(key);
  await settled();
  expect(began).toEqual(['slow 1', 'slow 2', 'first']);
  ends.get('first')?.();
  await settled();
  expect(began).toEqual(['slow 1', 'slow 2', 'first', 'second']);
  // One key's jobs stay in order, aside or not.
  lanes.wake('slow 1');
  await settled();
  expect(began).toHaveLength(4);
  for (const end of ends.values()) end();
  await settled();
  expect(began).toEqual(['slow 1', 'slow 2', 'first', 'second', 'slow 1']);
  ends.get('slow 1')?.();
  await lanes.idle();
  expect(faults).toEqual([]);
});
