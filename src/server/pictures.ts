import { basename } from 'node:path';
import { Router } from 'express';
import type { PictureStore } from '../domain';

const FILE_NAME = /^(\d{1,3})\.webp$/;
const MAX_AGE = 3600;

/** Product pictures: `/<product id>/<position>.webp`. Files are named by their content, and so are their ETags. */
export function pictureRoute(pictures: Pick<PictureStore, 'file'>): Router {
  const router = Router();
  router.get('/:productId/:name', (request, response, next) => {
    const position = FILE_NAME.exec(request.params.name)?.[1];
    const file = position === undefined ? undefined : pictures.file(request.params.productId, Number(position));
    if (file === undefined) {
      next();
      return;
    }
    response.set({
      'content-type': 'image/webp',
      // Not `immutable`: the address stays when the merchant changes the picture. The ETag makes asking again cheap.
      'cache-control': `public, max-age=${MAX_AGE}`,
      // The name holds nothing but characters that an ETag may hold.
      etag: `"${basename(file, '.webp')}"`,
      'cross-origin-resource-policy': 'cross-origin',
    });
    // The data directory may lie below a folder whose name starts with a dot.
    response.sendFile(file, { cacheControl: false, etag: false, lastModified: false, dotfiles: 'allow' }, (error) => {
      if (error === undefined || error === null) return;
      if (response.headersSent) response.destroy();
      else {
        for (const name of ['content-type', 'cache-control', 'etag']) response.removeHeader(name);
        next('status' in error && error.status === 404 ? undefined : error);
      }
    });
  });
  return router;
}
