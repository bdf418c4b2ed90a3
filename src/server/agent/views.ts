import type {
  Agent,
  AgentDesk,
  AgentPresence,
  AgentStore,
  ConsoleEvent,
  Ticket,
  TranscriptEntry,
  TranscriptFile,
} from '../../domain';

/** How channels call themselves. */
const CHANNELS: Readonly<Record<string, string>> = {
  directline: 'Web',
  webchat: 'Web',
  emulator: 'Emulator',
  msteams: 'Microsoft Teams',
  telegram: 'Telegram',
  slack: 'Slack',
  line: 'LINE',
  facebook: 'Messenger',
  whatsapp: 'WhatsApp',
};

/** A ticket as consoles are shown it. */
export interface TicketView extends Ticket {
  readonly channelName: string;
  readonly agentName?: string;
  /** Of who waits; not in events. */
  readonly place?: number;
  /** From arrival until somebody took it, or until now. */
  readonly waitSeconds: number;
  /** Is the shopper's page open? Known of the shop's own page only. */
  readonly shopperPresent: boolean;
  /** It is another agent's: what the shopper said and is called is left out. */
  readonly isHidden?: true;
}

export interface AgentView {
  readonly id: string;
  readonly displayName: string;
  readonly status: AgentPresence['status'] | 'offline';
  readonly load: number;
}

export type EntryView = Omit<TranscriptEntry, 'files'> & {
  readonly agentName?: string;
  readonly files?: readonly (TranscriptFile & { readonly url?: string })[];
};

export type EventView = Omit<ConsoleEvent, 'ticket' | 'entry'> & {
  readonly ticket?: TicketView;
  readonly entry?: EntryView;
};

export interface ViewsDeps {
  readonly agents: Pick<AgentStore, 'get' | 'list'>;
  readonly desk: Pick<AgentDesk, 'agents'>;
  /** Does a shopper have the page of this conversation open? */
  readonly isPresent: (conversationId: string) => boolean;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What consoles are shown. */
export class Views {
  constructor(private readonly deps: ViewsDeps) {}

  /** `place` is said where it is known anyhow: it changes with others' tickets. */
  ticket(ticket: Ticket, place?: number): TicketView {
    const { isPresent, clock } = this.deps;
    const until = ticket.assignedAt ?? ticket.closedAt ?? clock();
    return {
      ...ticket,
      channelName: CHANNELS[ticket.channel] ?? ticket.channel,
      ...this.nameOf(ticket.agentId),
      ...(place !== undefined && { place }),
      waitSeconds: Math.max(0, Math.round((until - ticket.openedAt) / 1000)),
      shopperPresent: isPresent(ticket.conversationId),
    };
  }

  /** A ticket to who may not read it: that it is taken, by whom, and no more. */
  hidden(ticket: Ticket): TicketView {
    const { email: _email, comment: _comment, outcome: _outcome, ...rest } = ticket;
    return { ...this.ticket({ ...rest, userId: '', topic: '', preview: '', tags: [] }), isHidden: true };
  }

  entry({ files, ...entry }: TranscriptEntry): EntryView {
    return {
      ...entry,
      ...this.nameOf(entry.agentId),
      ...(files && {
        files: files.map((file) => ({
          ...file,
          ...(file.attachmentId !== undefined && { url: `/agent/api/files/${file.attachmentId}` }),
        })),
      }),
    };
  }

  /** Everybody who may sign in, by name. */
  agents(): AgentView[] {
    const present = new Map(this.deps.desk.agents().map((each) => [each.agentId, each]));
    return this.deps.agents
      .list()
      .filter(({ isDisabled }) => !isDisabled)
      .map(({ id, displayName }) => {
        const { connected = false, status = 'away', load = 0 } = present.get(id) ?? {};
        return { id, displayName, status: connected ? status : 'offline', load };
      });
  }

  nameOf(agentId: string | undefined): { readonly agentName?: string } {
    const agent = agentId === undefined ? undefined : this.deps.agents.get(agentId);
    return agent ? { agentName: agent.displayName } : {};
  }
}

/** What an agent is told of themselves. */
export function meView({ id, name, displayName, role }: Agent) {
  return { id, name, displayName, role };
}
