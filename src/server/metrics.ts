import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { TurnReport } from '../channels';
import { describeError } from '../channels';
import type { ModelCall } from '../domain';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/** What is measured while serving, in Prometheus' form. Labels come from small fixed sets, never from a shopper. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly turns = new Counter({
    name: 'vitrine_turns_total',
    help: 'Turns that ended, by channel and result',
    labelNames: ['channel', 'result'] as const,
    registers: [this.registry],
  });
  private readonly turnSeconds = new Histogram({
    name: 'vitrine_turn_seconds',
    help: 'Duration of turns',
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly stepSeconds = new Histogram({
    name: 'vitrine_step_seconds',
    help: 'Duration of the steps of turns',
    labelNames: ['step'] as const,
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly errors = new Counter({
    name: 'vitrine_errors_total',
    help: 'Faults by code',
    labelNames: ['code'] as const,
    registers: [this.registry],
  });

  private readonly modelCalls = new Counter({
    name: 'vitrine_llm_calls_total',
    help: 'Calls of the language model, by use and result',
    labelNames: ['use', 'result'] as const,
    registers: [this.registry],
  });
  private readonly modelSeconds = new Histogram({
    name: 'vitrine_llm_seconds',
    help: 'Duration of the calls of the language model that were made',
    labelNames: ['use'] as const,
    buckets: SECONDS,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Measures a number whenever it is asked for. */
  gauge(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  }

  /** Measures, whenever it is asked for, how often each score was given, by who was rated. */
  scores(name: string, help: string, read: () => Readonly<Record<string, ReadonlyMap<number, number>>>): void {
    new Gauge({
      name,
      help,
      labelNames: ['by', 'score'] as const,
      registers: [this.registry],
      collect() {
        for (const [by, counts] of Object.entries(read())) {
          for (const score of [1, 2, 3, 4, 5]) this.set({ by, score }, counts.get(score) ?? 0);
        }
      },
    });
  }

  step(name: string, milliseconds: number): void {
    this.stepSeconds.observe({ step: name }, milliseconds / 1000);
  }

  turn({ channel, result, milliseconds }: TurnReport): void {
    this.turns.inc({ channel: CHANNELS.has(channel) ? channel : 'other', result });
    this.turnSeconds.observe(milliseconds / 1000);
  }

  fault(error: unknown): void {
    this.errors.inc({ code: describeError(error).body.error.code });
  }

  modelCall({ use, result, milliseconds }: ModelCall): void {
    this.modelCalls.inc({ use, result });
    if (result !== 'skipped') this.modelSeconds.observe({ use }, milliseconds / 1000);
  }

  /** The text format of Prometheus. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}

/** A caller names the channel: unknown names must not fill the registry. */
const CHANNELS = new Set([
  'directline',
  'webchat',
  'emulator',
  'msteams',
  'telegram',
  'slack',
  'line',
  'facebook',
  'whatsapp',
  'sms',
]);
