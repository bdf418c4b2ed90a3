import { stat } from 'node:fs/promises';
import { type RequestHandler, Router } from 'express';
import { type AttachmentScreener, type AttachmentStore, type StoredAttachment, VitrineError } from '../../domain';
import { isRecord, LOCAL } from './activity';
import { jsonBody } from './http';

/** 16 MB in base64, and a name. */
const BODY_LIMIT = 23 * 1024 * 1024;

export interface ConnectorFiles {
  readonly store: AttachmentStore;
  readonly screener: AttachmentScreener;
}

/** Files that the bot itself uploads, and their descriptions; to be mounted behind the connector's key. */
export function connectorAttachments({ store, screener }: ConnectorFiles): Router {
  const router = Router();
  const path = '/conversations/:conversationId/attachments';
  router.post(path, jsonBody(BODY_LIMIT) as RequestHandler<{ conversationId: string }>, async (request, response) => {
    const { name, originalBase64 } = isRecord(request.body) ? request.body : {};
    if (typeof originalBase64 !== 'string') {
      throw new VitrineError('MESSAGE_INVALID', 'The attachment needs "originalBase64", a text.');
    }
    const bytes = Buffer.from(originalBase64, 'base64');
    const screened = await screener.screen(bytes, typeof name === 'string' ? name : 'file');
    response.json({ id: await store.put(LOCAL + request.params.conversationId, screened) });
  });
  router.get('/attachments/:id', async (request, response) => {
    const found = storedOf(store, request.params.id);
    const { size } = await stat(found.file);
    response.json({ name: found.name, type: found.contentType, views: [{ viewId: 'original', size }] });
  });
  router.get('/attachments/:id/views/original', (request, response) => {
    const found = storedOf(store, request.params.id);
    response.set('content-type', found.contentType).sendFile(found.file, { dotfiles: 'allow' });
  });
  return router;
}

function storedOf(store: AttachmentStore, id: string): StoredAttachment {
  const found = store.get(id);
  if (found === undefined) throw new VitrineError('NOT_FOUND', 'There is no such file, or no longer.');
  return found;
}
