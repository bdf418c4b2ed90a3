import { createInterface } from 'node:readline';
import { VitrineError } from '../domain';

const ENTER = new Set(['\r', '\n', '\u0004']);
const INTERRUPT = '\u0003';
const ERASE = new Set(['\u007f', '\b']);
/** Characters of a line that are read at most. */
const LONGEST = 4_096;

/**
 * A secret that somebody types at the terminal, which does not show it, twice; or the first line of the standard input where
 * that is no terminal. Throws AGENT_INVALID where there is none, or the two differ.
 */
export async function readSecret(what: string): Promise<string> {
  if (!process.stdin.isTTY) return firstLine();
  const terminal = new Terminal();
  try {
    const first = await terminal.line(`${what}: `);
    const second = await terminal.line(`${what} again: `);
    if (first === second) return first;
  } finally {
    terminal.close();
  }
  throw new VitrineError('AGENT_INVALID', 'the two are not the same');
}

async function firstLine(): Promise<string> {
  const lines = createInterface({ input: process.stdin, terminal: false });
  try {
    for await (const line of lines) return line.slice(0, LONGEST);
  } finally {
    lines.close();
    process.stdin.destroy();
  }
  throw new VitrineError('AGENT_INVALID', 'the standard input is empty: it must hold the password as its first line');
}

/** Reads lines in raw mode, in which a terminal shows nothing of what is typed; it is on before anything is asked. */
class Terminal {
  private waiting = '';
  private told: () => void = () => undefined;
  private readonly read = (chunk: string): void => {
    this.waiting += chunk;
    this.told();
  };

  constructor() {
    process.stdin.setEncoding('utf8').setRawMode(true).on('data', this.read).resume();
  }

  async line(prompt: string): Promise<string> {
    process.stderr.write(prompt);
    let line: string[] = [];
    for (;;) {
      const [character, ...rest] = this.waiting;
      this.waiting = rest.join('');
      if (character === undefined) await this.more();
      else if (ENTER.has(character)) break;
      else if (character === INTERRUPT) throw new DOMException('stopped', 'AbortError');
      else if (ERASE.has(character)) line = line.slice(0, -1);
      else if (character >= ' ' && line.length < LONGEST) line.push(character);
    }
    process.stderr.write('\n');
    return line.join('');
  }

  close(): void {
    process.stdin.off('data', this.read).setRawMode(false).pause();
  }

  private more(): Promise<void> {
    return new Promise((resolve) => {
      this.told = resolve;
    });
  }
}
