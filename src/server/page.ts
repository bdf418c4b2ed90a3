import express, { Router } from 'express';
import { type Language, languageOf } from '../domain';
import { compressedFile } from './compressed-file';

/** What the shop page needs. */
export interface PageDeps {
  readonly webFolder: string;
  readonly webChatFile: string;
  readonly pageStrings: (language: Language) => Readonly<Record<string, string>>;
}

/** The shop page at `/`, its texts and Web Chat's bundle. */
export function pageRoutes(deps: PageDeps): Router {
  const router = Router();
  router.get('/page/strings', (request, response) => {
    const { lang } = request.query;
    const language = languageOf(typeof lang === 'string' ? lang : undefined) ?? 'en';
    response.set({ 'cache-control': 'no-cache', 'content-language': language });
    response.json(deps.pageStrings(language));
  });
  router.get('/webchat.js', compressedFile(deps.webChatFile, 'text/javascript; charset=utf-8'));
  router.use(express.static(deps.webFolder, { index: 'index.html', cacheControl: false, setHeaders: revalidate }));
  return router;
}

function revalidate(response: { setHeader(name: string, value: string): unknown }): void {
  response.setHeader('cache-control', 'no-cache');
}
