import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { LONGEST_PASSWORD, VitrineError } from '../../domain';

/** argon2id as OWASP's password storage sheet has it: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Most that are computed or wait: each takes 19 MiB and one of the few threads that files are read with, too. */
const MOST_PENDING = 16;

/** Hashes passwords and checks them. */
export class Passwords {
  private pending = 0;
  private spare: Promise<string> | undefined;

  /** Rejects with BUSY where too many wait. */
  hash(password: string): Promise<string> {
    return this.counted(() => hash(password.normalize('NFKC'), PARAMETERS));
  }

  /**
   * Whether it is the password of the hash. Without a hash, as for a name that nobody has, it takes as long, and it is not.
   * Rejects with BUSY where too many wait.
   */
  async matches(passwordHash: string | undefined, password: string): Promise<boolean> {
    if (password.length > 2 * LONGEST_PASSWORD) return false;
    this.spare ??= hash(randomBytes(32), PARAMETERS);
    const against = passwordHash ?? (await this.spare);
    const same = await this.counted(() => verify(against, password.normalize('NFKC')));
    return same && passwordHash !== undefined;
  }

  private async counted<T>(compute: () => Promise<T>): Promise<T> {
    if (this.pending >= MOST_PENDING) throw new VitrineError('BUSY', 'Too many sign in at once.');
    this.pending += 1;
    try {
      return await compute();
    } finally {
      this.pending -= 1;
    }
  }
}
