import { keep, recall } from '../../chat/storage';
import type { EntryFile, Product } from '../api/types';

const KEY = 'vitrine.drafts';

/** Why a picture was not taken. Trying again helps where the server was not reached, or was in trouble. */
export type UploadProblem = 'unsupportedFile' | 'tooLarge' | 'uploadFailed' | 'notReached';

/** A picture that goes with a message: chosen, then uploaded. */
export interface DraftFile {
  readonly key: string;
  readonly name: string;
  /** An address in this browser. */
  readonly url: string;
  readonly file: Blob;
  readonly contentType: string;
  /** Once the server has it. */
  readonly uploaded?: EntryFile & { readonly attachmentId: string };
  /** Why the server does not have it: a key of the console's texts. */
  readonly problem?: UploadProblem;
}

/** What an agent is about to say in a conversation. */
export interface Draft {
  readonly text: string;
  readonly isPrivate: boolean;
  readonly products: readonly Product[];
  readonly files: readonly DraftFile[];
}

export const EMPTY_DRAFT: Draft = { text: '', isPrivate: false, products: [], files: [] };

/** Drafts by ticket. They outlive a change of the conversation; their words a refresh, too. */
export class Drafts {
  private readonly drafts = new Map<string, Draft>();
  private readonly listeners = new Set<() => void>();

  /** Takes up the words that were kept. */
  constructor() {
    for (const [ticketId, text] of Object.entries(recallTexts())) {
      this.drafts.set(ticketId, { ...EMPTY_DRAFT, text });
    }
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly get = (ticketId: string): Draft => this.drafts.get(ticketId) ?? EMPTY_DRAFT;

  change(ticketId: string, change: (draft: Draft) => Draft): void {
    this.drafts.set(ticketId, change(this.get(ticketId)));
    this.save();
    for (const listener of this.listeners) listener();
  }

  /** Nothing of them is left. */
  forget(): void {
    this.drafts.clear();
    keep('session', KEY, undefined);
  }

  private save(): void {
    const texts = [...this.drafts].flatMap(([ticketId, { text }]) => (text === '' ? [] : [[ticketId, text]]));
    keep('session', KEY, texts.length === 0 ? undefined : JSON.stringify(Object.fromEntries(texts)));
  }
}

function recallTexts(): Readonly<Record<string, string>> {
  try {
    const kept: unknown = JSON.parse(recall('session', KEY) ?? '{}');
    const entries = Object.entries(kept ?? {}).filter(([, text]) => typeof text === 'string');
    return Object.fromEntries(entries) as Record<string, string>;
  } catch {
    return {};
  }
}
