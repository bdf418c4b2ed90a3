import { type Response, Router } from 'express';
import { type AttachmentStore, type StoredAttachment, VitrineError } from '../domain';

const ID = /^[A-Za-z0-9_-]{32}$/;

/** Files that shoppers sent, by ids that nobody can guess: an `<img>` can't send a token. */
export function attachmentRoute(store: AttachmentStore): Router {
  const router = Router();
  router.get('/:id/views/original', async (request, response) => {
    const { id } = request.params;
    const found = ID.test(id) ? store.get(id) : undefined;
    if (found === undefined) throw gone();
    await sendAttachment(response, found);
  });
  return router;
}

/**
 * Answers with a file. The headers keep a browser from taking it for anything but a picture or sound. Throws NOT_FOUND where
 * it is there no longer.
 */
export function sendAttachment(response: Response, { file, contentType }: StoredAttachment): Promise<void> {
  response.set({
    'content-type': contentType,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'content-disposition': 'inline',
    'cache-control': 'private, max-age=86400, immutable',
    'x-robots-tag': 'noindex',
  });
  return new Promise((resolve, reject) => {
    response.sendFile(file, { cacheControl: false, dotfiles: 'allow' }, (error) => {
      if (error && !response.headersSent) {
        reject(gone());
        return;
      }
      if (error) response.destroy();
      resolve();
    });
  });
}

function gone(): VitrineError {
  return new VitrineError('NOT_FOUND', 'There is no such file, or no longer.');
}
