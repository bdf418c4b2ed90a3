import type { Answer, Requests } from './request';
import type {
  AuditEntry,
  Canned,
  Colleague,
  Entry,
  Me,
  Overview,
  PresenceStatus,
  Product,
  Settings,
  Ticket,
} from './types';

export interface SignedIn {
  readonly agent: Me;
  readonly csrf: string;
}

export interface Listed {
  readonly tickets: readonly Ticket[];
  readonly agents: readonly Colleague[];
  /** The newest event that the list knows of. */
  readonly lastEvent: number;
}

export interface Loaded {
  readonly ticket: Ticket;
  /** Oldest first: the newest page. */
  readonly entries: readonly Entry[];
  /** Earlier tickets of the conversation. */
  readonly history: readonly Ticket[];
}

export interface Outgoing {
  readonly id: string;
  readonly text: string;
  readonly products?: readonly string[];
  readonly attachmentIds?: readonly string[];
  /** The language of the text; the shopper reads a translation. */
  readonly translateFrom?: string;
}

type Changed = { readonly ticket: Ticket };
export type ListName = 'open' | 'mine' | 'message' | 'closed';

/** The console's API, a method each. */
export class ConsoleApi {
  constructor(readonly requests: Requests) {}

  login(fields: { name: string; password: string; code?: string }): Promise<Answer<SignedIn>> {
    return this.requests.change('POST', 'login', fields);
  }

  logout(): Promise<Answer<unknown>> {
    return this.requests.change('POST', 'logout');
  }

  me(): Promise<Answer<SignedIn & { readonly settings: Settings }>> {
    return this.requests.get('me');
  }

  presence(status: PresenceStatus): Promise<Answer<unknown>> {
    return this.requests.change('PUT', 'presence', { status });
  }

  tickets(state: ListName, before?: number): Promise<Answer<Listed>> {
    return this.requests.get(`tickets?${query({ state, before })}`);
  }

  ticket(id: string): Promise<Answer<Loaded>> {
    return this.requests.get(`tickets/${segment(id)}`);
  }

  older(id: string, before: number): Promise<Answer<{ readonly entries: readonly Entry[] }>> {
    return this.requests.get(`tickets/${segment(id)}/entries?${query({ before })}`);
  }

  /** `claim`, `assign`, `transfer`, `return`, `finish`, `close`, `tags`: each names the version that the agent saw. */
  act(ticket: Ticket, action: string, fields: object = {}): Promise<Answer<Changed>> {
    return this.requests.change('POST', `tickets/${segment(ticket.id)}/${action}`, {
      ...fields,
      version: ticket.version,
    });
  }

  send(ticketId: string, message: Outgoing): Promise<Answer<{ readonly entry: Entry }>> {
    return this.requests.change('POST', `tickets/${segment(ticketId)}/messages`, message);
  }

  note(ticketId: string, id: string, text: string): Promise<Answer<{ readonly entry: Entry }>> {
    return this.requests.change('POST', `tickets/${segment(ticketId)}/notes`, { id, text });
  }

  upload(ticketId: string, picture: Blob): Promise<Answer<{ readonly attachmentId: string }>> {
    return this.requests.change('POST', `tickets/${segment(ticketId)}/files`, picture);
  }

  translate(ticketId: string, entryId: string, to: string): Promise<Answer<{ readonly text: string }>> {
    return this.requests.change('POST', `tickets/${segment(ticketId)}/translate`, { entryId, to });
  }

  search(text: string, lang: string): Promise<Answer<{ readonly products: readonly Product[] }>> {
    return this.requests.get(`search?${query({ text, lang })}`);
  }

  searchByPhoto(picture: Blob, lang: string): Promise<Answer<{ readonly products: readonly Product[] }>> {
    return this.requests.change('POST', `search/photo?${query({ lang })}`, picture);
  }

  canned(): Promise<Answer<{ readonly canned: readonly Canned[] }>> {
    return this.requests.get('canned');
  }

  keepCanned({ id, ...fields }: Canned): Promise<Answer<unknown>> {
    return this.requests.change('PUT', `canned/${segment(id)}`, fields);
  }

  overview(): Promise<Answer<Overview>> {
    return this.requests.get('supervisor');
  }

  audit(before?: number): Promise<Answer<{ readonly entries: readonly AuditEntry[] }>> {
    return this.requests.get(`audit?${query({ before })}`);
  }

  /** The address of tickets as CSV; dates such as 2026-11-01. */
  exportAddress(from: string, to: string): string {
    return `/agent/api/supervisor/export.csv?${query({ from, to })}`;
  }

  removeCanned(id: string): Promise<Answer<unknown>> {
    return this.requests.change('DELETE', `canned/${segment(id)}`);
  }
}

function segment(id: string): string {
  return encodeURIComponent(id);
}

function query(fields: Readonly<Record<string, string | number | undefined>>): string {
  const known = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return new URLSearchParams(known as [string, string][]).toString();
}
