import { z } from 'zod';
import { receiveFiles } from '../../channels';
import {
  type AgentDesk,
  type AgentMessage,
  type AttachmentScreener,
  type AttachmentStore,
  type Language,
  type MessageTranslator,
  type ScreenedAttachment,
  Throttle,
  type Ticket,
  type TranscriptStore,
  VitrineError,
} from '../../domain';
import { sendAttachment } from '../attachments';
import type { Seat } from './access';
import { clientId, id, language, text } from './fields';
import type { Reach } from './reach';
import type { AgentRoutes, Call } from './routes';
import type { Views } from './views';

const MESSAGE = z.object({
  id: clientId,
  text,
  products: z.array(id).max(10).optional(),
  attachmentIds: z.array(id).max(5).optional(),
  /** The agent's language: the shopper reads a translation, where there is a model and it is not theirs. */
  translateFrom: language.optional(),
});
const TRANSLATE = z.object({ entryId: id, to: language.default('en') });
/** Milliseconds that a shopper waits for a translation; then they read the words as they were written. */
const TRANSLATED_WITHIN = 8_000;
/** Files of one agent in half an hour. */
const MOST_FILES = 100;
const HALF_HOUR = 1_800_000;

export interface MessageRoutesDeps {
  readonly desk: AgentDesk;
  readonly transcripts: TranscriptStore;
  readonly attachments: AttachmentStore;
  readonly screener: AttachmentScreener;
  /** Missing where no model is configured. */
  readonly translator?: MessageTranslator | undefined;
  /** Milliseconds that a message waits for its translation; `TRANSLATED_WITHIN` unless told. */
  readonly translatedWithin?: number | undefined;
  readonly onFault: (error: unknown) => void;
  readonly reach: Reach;
  readonly views: Views;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What agents send to shoppers, and the files of conversations. */
export function messageRoutes(routes: AgentRoutes, deps: MessageRoutesDeps): void {
  const { desk, transcripts, attachments, screener, translator, reach, views } = deps;
  const uploads = new Throttle(MOST_FILES, HALF_HOUR, deps.clock);

  routes
    .on(
      'post',
      '/tickets/:id/messages',
      { action: 'message', body: MESSAGE },
      async ({ seat, body, id: ticketId, note }) => {
        note(body.id);
        const { text: words, products = [], attachmentIds = [], translateFrom: from } = body;
        const translated = from && (await inShoppersLanguage(seat, ticketId, body.id, words, from));
        const message = { id: body.id, text: words, products, attachmentIds, ...(translated && { translated }) };
        return { entry: views.entry(reach.done(seat, desk.send(ticketId, seat.acting, message)).entry) };
      },
    )
    .on('post', '/tickets/:id/files', { action: 'file' }, async (call) => {
      const { conversationId } = ownTicket(call, reach);
      if (uploads.wait(call.seat.agent.id) > 0) throw new VitrineError('TOO_MANY_REQUESTS', 'Too many files.');
      uploads.count(call.seat.agent.id);
      const attachmentId = await attachments.put(conversationId, await receivePicture(call, screener));
      call.note(attachmentId);
      return { attachmentId };
    })
    .on('get', '/files/:id', { action: 'file', isQuiet: true }, async ({ seat, id: fileId, response }) => {
      const found = fileId === '' ? undefined : attachments.get(fileId);
      // Not told apart: whether there is a file of another's conversation is nobody's business.
      if (found === undefined || !reach.mayReadConversation(seat, found.conversation)) {
        throw new VitrineError('NOT_FOUND', 'There is no such file, or no longer.');
      }
      await sendAttachment(response, found);
    })
    .on(
      'post',
      '/tickets/:id/translate',
      { action: 'translate', body: TRANSLATE },
      async ({ seat, body, id: ticketId }) => {
        const { conversationId, language: ticketLanguage } = reach.readable(seat, ticketId);
        if (!translator) throw new VitrineError('NOT_FOUND', 'No model for translation is configured.');
        const entry = transcripts.find(conversationId, body.entryId);
        if (!entry) throw new VitrineError('NOT_FOUND', 'There is no such entry.');
        const from = entry.language ?? ticketLanguage;
        const words = [entry.text, entry.heard?.text].filter(Boolean).join('\n');
        return { text: from === body.to ? words : await translator.translate(words, { from, to: body.to }) };
      },
    );

  /** Undefined where there is nothing to translate, or it fails or takes too long: the words are sent as they are then. */
  async function inShoppersLanguage(
    seat: Seat,
    ticketId: string,
    messageId: string,
    words: string,
    from: Language,
  ): Promise<AgentMessage['translated']> {
    const { conversationId, language: to, agentId } = reach.readable(seat, ticketId);
    const isNew = transcripts.find(conversationId, messageId) === undefined;
    if (!translator || !isNew || agentId !== seat.agent.id || to === from || words.trim() === '') return undefined;
    try {
      const signal = AbortSignal.timeout(deps.translatedWithin ?? TRANSLATED_WITHIN);
      const said = await translator.translate(words, { from, to, signal });
      return said.trim() === '' ? undefined : { from, text: said };
    } catch (error) {
      deps.onFault(error);
      return undefined;
    }
  }
}

/** One picture, as a raw body or a form. Throws MESSAGE_INVALID, ATTACHMENT_* or PICTURE_*. */
export async function receivePicture(
  { request }: Pick<Call<unknown>, 'request'>,
  screener: AttachmentScreener,
): Promise<ScreenedAttachment> {
  const { files } = await receiveFiles(request);
  const [file] = files;
  if (file === undefined || files.length > 1) throw new VitrineError('MESSAGE_INVALID', 'Send one picture.');
  const screened = await screener.screen(file.bytes, file.name);
  if (!screened.contentType.startsWith('image/')) {
    throw new VitrineError('ATTACHMENT_UNSUPPORTED', 'Only pictures are sent to shoppers.');
  }
  return screened;
}

/** Throws what `Reach.readable` throws, and FORBIDDEN for another agent's ticket. */
function ownTicket({ seat, id: ticketId }: Call<unknown>, reach: Reach): Ticket {
  const ticket = reach.readable(seat, ticketId);
  if (ticket.agentId !== seat.agent.id) throw new VitrineError('FORBIDDEN', 'Only who owns a ticket sends files.');
  return ticket;
}
