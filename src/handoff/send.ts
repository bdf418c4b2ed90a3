import {
  type ActingAgent,
  type AgentMessage,
  type AgentNames,
  type AttachmentStore,
  type CardsOf,
  type DeskEntryResult,
  type DeskRefusal,
  isVisible,
  type Language,
  type NewTranscriptEntry,
  type ProductCard,
  type Reply,
  type Ticket,
  type TranscriptFile,
  type TranscriptProduct,
} from '../domain';
import type { TicketBook } from './book';
import { transitionOf } from './machine';

export interface SendParts {
  readonly names: AgentNames;
  readonly cards: CardsOf;
  readonly attachments: Pick<AttachmentStore, 'get'>;
  /** A translation with the mark that it is one, in its language. */
  readonly marked: (translation: string, language: Language) => string;
}

/** Writes an agent's message to the transcript and for the shopper, and tells consoles: all of it or nothing. */
export function sendToShopper(
  book: TicketBook,
  parts: SendParts,
  { ticketId, by, message }: { ticketId: string; by: ActingAgent; message: AgentMessage },
): DeskEntryResult {
  const { tickets, transcripts, clock, line } = book.parts;
  const ticket = tickets.get(ticketId);
  if (!ticket) return { ok: false, reason: 'unknown' };
  const refused = (reason: DeskRefusal): DeskEntryResult => ({ ok: false, reason, ticket });
  const { conversationId, language } = ticket;
  const known = transcripts.find(conversationId, message.id);
  if (known) {
    const same = known.speaker === 'agent' && known.agentId === by.id && !known.isPrivate;
    return same ? { ok: true, ticket, entry: known, added: false } : refused('conflict');
  }
  const agent = parts.names.nameOf(by.id);
  if (ticket.agentId !== by.id || agent === undefined) return refused('forbidden');
  if ('refusal' in transitionOf(ticket.state, 'answer', ['owner'])) return refused('notAllowed');
  const { text, translated, products = [], attachmentIds = [] } = message;
  const cards = parts.cards(products, language);
  const files = attachmentIds.flatMap((id) => fileOf(id, ticket, parts.attachments) ?? []);
  const isEmpty = !isVisible(text) && cards.length === 0 && files.length === 0;
  if (isEmpty || cards.length < products.length || files.length < attachmentIds.length) return refused('invalid');
  const entry: NewTranscriptEntry = {
    id: message.id,
    conversationId,
    at: clock(),
    speaker: 'agent',
    agentId: by.id,
    text,
    language: translated?.from ?? language,
    ...(translated && { translation: { language, text: translated.text } }),
    ...(files.length > 0 && { files: files.map(({ name: _, ...file }) => file) }),
    ...(cards.length > 0 && { products: cards.map(shownProduct) }),
  };
  const words = translated ? parts.marked(translated.text, language) : text;
  const reply: Reply = { language, text: words, cards, suggestions: [], ...(files.length > 0 && { files }) };
  return book.commit(conversationId, () => {
    const outboxId = `agent:${conversationId}:${message.id}`;
    if (!line.current?.write(conversationId, { id: outboxId, reply, from: agent })) return refused('unreachable');
    // The state and its version stay while the talk goes on: consoles that change the ticket meanwhile meet no conflict.
    const answered = { answeredAt: ticket.answeredAt ?? clock() };
    const moved = ticket.state === 'active' ? undefined : book.move(ticket, 'answer', ['owner'], answered);
    const now = moved?.ok ? moved.ticket : ticket;
    return { ok: true, ticket: now, entry: book.record(entry, now), added: true };
  });
}

/** A card as transcripts remember it. */
export function shownProduct({ productId, title, price, imagePath }: ProductCard): TranscriptProduct {
  return { productId, title, price, ...(imagePath !== undefined && { imagePath }) };
}

function fileOf(
  id: string,
  { conversationId }: Ticket,
  attachments: SendParts['attachments'],
): (TranscriptFile & { attachmentId: string; contentType: string; name: string }) | undefined {
  const stored = attachments.get(id);
  if (stored?.conversation !== conversationId) return undefined;
  const { contentType, name } = stored;
  return { kind: kindOf(contentType), attachmentId: id, contentType, name };
}

function kindOf(contentType: string): TranscriptFile['kind'] {
  if (contentType.startsWith('image/')) return 'photo';
  return contentType.startsWith('audio/') || contentType.startsWith('video/') ? 'voice' : 'file';
}
