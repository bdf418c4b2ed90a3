import { setTimeout as pause } from 'node:timers/promises';
import type { AttachmentStore, PrivacyScope, PrivacyStore } from '../domain';

/** Milliseconds that messages under way have to be answered, and between two looks. */
const PATIENCE = 60_000;
const LOOK = 200;

export interface EraserOptions {
  readonly privacy: PrivacyStore;
  readonly attachments: Pick<AttachmentStore, 'remove' | 'removeStrays'>;
  /** Milliseconds; `PATIENCE` unless told. */
  readonly patience?: number;
}

/** What an erase removed. */
export interface Erased {
  readonly rows: number;
  readonly files: number;
  /** Messages that came meanwhile, or could not be answered in time: they are still kept. */
  readonly waiting: number;
}

/** Removes everything that is kept of a shopper, while a server may be answering them. */
export class Eraser {
  constructor(private readonly options: EraserOptions) {}

  /**
   * What is kept of who shares basket and likes with the shopper goes, too. Everything goes at once but what turns under way need; when their answers have arrived, that goes, too. A turn's message
   * is answered, and what the turn read before is not written back. Run again after a failure, it goes on.
   *
   * @param serving whether a server may be running: without one, nothing is under way, and messages that wait go as well
   */
  async erase(scope: PrivacyScope, { serving }: { serving: boolean }): Promise<Erased> {
    const { privacy, patience = PATIENCE } = this.options;
    const scopes = [scope, ...(scope.paired ?? [])];
    const waiting = () => scopes.reduce((sum, each) => sum + privacy.waiting(each), 0);
    const first = await this.pass(scopes, serving);
    for (let waited = 0; serving && waited < patience && waiting() > 0; waited += LOOK) await pause(LOOK);
    const last = await this.pass(scopes, serving);
    await this.scrub();
    return { rows: first.rows + last.rows, files: first.files + last.files, waiting: waiting() };
  }

  /** Removes the traces of what was erased, by an erase that broke off, too. */
  async scrub(): Promise<void> {
    await this.options.attachments.removeStrays();
    this.options.privacy.scrub();
  }

  /** Files before rows: what a killed process left is found by its row again. */
  private async pass(scopes: readonly PrivacyScope[], keepWaiting: boolean): Promise<{ rows: number; files: number }> {
    const { privacy, attachments } = this.options;
    const files = scopes.flatMap((scope) => privacy.files(scope, { keepWaiting }));
    for (const id of files) await attachments.remove(id);
    const rows = scopes.reduce((sum, scope) => sum + privacy.erase(scope, { keepWaiting }), 0);
    return { rows, files: files.length };
  }
}
