import { Router } from 'express';
import { type AttachmentStore, VitrineError } from '../domain';

const ID = /^[A-Za-z0-9_-]{32}$/;

/**
 * Files that shoppers sent, by ids that nobody can guess: an `<img>` can't send a token. The headers keep a browser from
 * taking them for anything but pictures and sound.
 */
export function attachmentRoute(store: AttachmentStore): Router {
  const router = Router();
  router.get('/:id/views/original', (request, response, next) => {
    const { id } = request.params;
    const found = ID.test(id) ? store.get(id) : undefined;
    if (found === undefined) throw new VitrineError('NOT_FOUND', 'There is no such file, or no longer.');
    response.set({
      'content-type': found.contentType,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, max-age=86400, immutable',
      'x-robots-tag': 'noindex',
    });
    response.sendFile(found.file, { cacheControl: false, dotfiles: 'allow' }, (error) => {
      if (error === undefined || error === null) return;
      if (response.headersSent) response.destroy();
      else next(new VitrineError('NOT_FOUND', 'There is no such file, or no longer.'));
    });
  });
  return router;
}
