import { SingleBar } from 'cli-progress';

/** Shows how far a long step is: a bar on a terminal, a line every few seconds elsewhere. Writes to stderr. */
export class Progress {
  private bar: SingleBar | undefined;
  private lastLine = 0;
  private done = false;

  constructor(private readonly label: string) {}

  /** @param note what else there is to say: a loss, a score */
  update(value: number, total: number, note = ''): void {
    if (this.done) return;
    if (process.stderr.isTTY) {
      if (!this.bar) {
        this.bar = new SingleBar({
          format: `${this.label.padEnd(22)} {bar} {percentage}% · {value}/{total} · {eta_formatted} left {note}`,
          stream: process.stderr,
          hideCursor: true,
        });
        this.bar.start(total, value, { note });
      }
      this.bar.setTotal(total);
      this.bar.update(value, { note });
      return;
    }
    const now = performance.now();
    if (now - this.lastLine < 3_000 && value < total) return;
    this.lastLine = now;
    process.stderr.write(`${this.label}: ${value}/${total}${note && `, ${note}`}\n`);
    if (value >= total) this.done = true;
  }

  stop(): void {
    this.bar?.stop();
    this.done = true;
  }
}
