import { z } from 'zod';
import { receiveFiles } from '../../channels';
import {
  type AgentDesk,
  type AttachmentScreener,
  type AttachmentStore,
  type MessageTranslator,
  type ScreenedAttachment,
  type Ticket,
  type TranscriptStore,
  VitrineError,
} from '../../domain';
import { sendAttachment } from '../attachments';
import { clientId, id, language, text } from './fields';
import type { Reach } from './reach';
import type { AgentRoutes, Call } from './routes';
import { Throttle } from './throttle';
import type { Views } from './views';

const MESSAGE = z.object({
  id: clientId,
  text,
  products: z.array(id).max(10).optional(),
  attachmentIds: z.array(id).max(5).optional(),
});
const TRANSLATE = z.object({ entryId: id, to: language.default('en') });
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
    .on('post', '/tickets/:id/messages', { action: 'message', body: MESSAGE }, ({ seat, body, id: ticketId, note }) => {
      note(body.id);
      const { products = [], attachmentIds = [] } = body;
      const message = { id: body.id, text: body.text, products, attachmentIds };
      return { entry: views.entry(reach.done(seat, desk.send(ticketId, seat.acting, message)).entry) };
    })
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
        const { conversationId } = reach.readable(seat, ticketId);
        if (!translator) throw new VitrineError('NOT_FOUND', 'No model for translation is configured.');
        const entry = transcripts.find(conversationId, body.entryId);
        if (!entry) throw new VitrineError('NOT_FOUND', 'There is no such entry.');
        const from = entry.language && { from: entry.language };
        const words = [entry.text, entry.heard?.text].filter(Boolean).join('\n');
        return { text: await translator.translate(words, { ...from, to: body.to }) };
      },
    );
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
