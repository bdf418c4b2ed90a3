import type { Clock, Microphone, MicrophoneProblem, Take } from '../../../src/web/chat/voice/recorder';

/** What became of each take: a microphone that is not given back is still `on`. */
export type TakeFate = 'on' | 'finished' | 'abandoned';

/** A microphone that answers when the test says so. */
export class FakeMicrophone implements Microphone<string> {
  readonly fates: TakeFate[] = [];
  /** What the next recordings hold. */
  file: string | undefined = 'sound';
  private waiting: { grant: () => void; refuse: (problem: MicrophoneProblem) => void }[] = [];
  private lost: () => void = () => undefined;

  open(onLost: () => void): Promise<Take<string>> {
    this.lost = onLost;
    return new Promise((resolve, reject) => {
      this.waiting.push({ grant: () => resolve(this.take()), refuse: reject });
    });
  }

  problemOf(error: unknown): MicrophoneProblem {
    return error as MicrophoneProblem;
  }

  /** Answers the oldest question. */
  async answer(problem?: MicrophoneProblem): Promise<void> {
    const asked = this.waiting.shift();
    if (asked === undefined) throw new Error('nobody asked for the microphone');
    if (problem === undefined) asked.grant();
    else asked.refuse(problem);
    await settled();
  }

  async unplug(): Promise<void> {
    this.lost();
    await settled();
  }

  private take(): Take<string> {
    const index = this.fates.push('on') - 1;
    const end = (fate: TakeFate) => {
      if (this.fates[index] !== 'on') throw new Error('the take has ended before');
      this.fates[index] = fate;
    };
    return {
      level: () => 0.5,
      finish: async () => {
        end('finished');
        return this.file;
      },
      abandon: () => end('abandoned'),
    };
  }
}

/** Time that passes when the test says so. */
export class FakeClock implements Clock {
  private time = 1_000;
  private readonly ticks = new Set<() => void>();

  now(): number {
    return this.time;
  }

  every(_milliseconds: number, tick: () => void): () => void {
    this.ticks.add(tick);
    return () => this.ticks.delete(tick);
  }

  get running(): number {
    return this.ticks.size;
  }

  async pass(seconds: number): Promise<void> {
    this.time += seconds * 1000;
    for (const tick of this.ticks) tick();
    await settled();
  }
}

/** Lets everything that waits for nothing happen. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
