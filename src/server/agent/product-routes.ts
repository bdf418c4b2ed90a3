import { z } from 'zod';
import {
  type AttachmentScreener,
  type CannedReplyStore,
  type Language,
  languageOf,
  type ProductFinder,
  VitrineError,
} from '../../domain';
import { language, line, someText } from './fields';
import { receivePicture } from './message-routes';
import type { AgentRoutes } from './routes';

const LONGEST_SEARCH = 500;
const MOST_CANNED = 500;
const CANNED = z.object({
  shortcut: z.string().regex(/^[\p{L}\p{N}_-]{1,32}$/u),
  title: line(80),
  texts: z.partialRecord(language, someText),
});

export interface ProductRoutesDeps {
  readonly finder: ProductFinder;
  readonly screener: AttachmentScreener;
  readonly canned: CannedReplyStore;
}

/** What agents put into their messages: products, and ready answers. */
export function productRoutes(routes: AgentRoutes, { finder, screener, canned }: ProductRoutesDeps): void {
  routes
    .on('get', '/search', { action: 'search', isQuiet: true }, async ({ request }) => {
      const { text, lang } = request.query;
      if (typeof text !== 'string' || text.trim() === '' || text.length > LONGEST_SEARCH) {
        throw new VitrineError('MESSAGE_INVALID', `"text" must have 1 to ${LONGEST_SEARCH} characters.`);
      }
      return { products: await finder.find({ text: text.toWellFormed(), language: languageIn(lang) }) };
    })
    .on('post', '/search/photo', { action: 'search', isQuiet: true }, async (call) => {
      const { bytes } = await receivePicture(call, screener);
      const query = { text: '', photo: bytes, language: languageIn(call.request.query.lang) };
      return { products: await finder.find(query) };
    })
    .on('get', '/canned', { action: 'canned', isQuiet: true }, () => ({ canned: canned.list() }))
    .on('put', '/canned/:id', { action: 'canned', role: 'supervisor', body: CANNED }, ({ body, id, note }) => {
      if (id === '') throw new VitrineError('MESSAGE_INVALID', 'The id must be of letters, digits, "-" and "_".');
      note(id);
      const known = canned.list();
      if (known.length >= MOST_CANNED && !known.some((reply) => reply.id === id)) {
        throw new VitrineError('MESSAGE_INVALID', `There may be ${MOST_CANNED} ready answers.`);
      }
      if (!canned.put({ ...body, id })) throw new VitrineError('CONFLICT', 'Another answer has this shortcut.');
    })
    .on('delete', '/canned/:id', { action: 'canned', role: 'supervisor' }, ({ id, note }) => {
      note(id);
      if (!canned.remove(id)) throw new VitrineError('NOT_FOUND', 'There is no such ready answer.');
    });
}

function languageIn(value: unknown): Language {
  return languageOf(typeof value === 'string' ? value : undefined) ?? 'en';
}
