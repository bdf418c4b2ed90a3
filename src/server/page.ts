import { Router } from 'express';
import { type Language, languageOf } from '../domain';
import { pageFiles } from './page-files';

/** What the pages need. */
export interface PageDeps {
  readonly webFolder: string;
  readonly pageStrings: (language: Language) => Readonly<Record<string, string>>;
  /** Are voice notes heard? Without, the page shows no microphone. */
  readonly hears: boolean;
}

/** The shop page at `/` and its texts. */
export function pageRoutes(deps: PageDeps): Router {
  const router = Router();
  router.get('/page/strings', (request, response) => {
    const { lang } = request.query;
    const language = languageOf(typeof lang === 'string' ? lang : undefined) ?? 'en';
    response.set({ 'cache-control': 'no-cache', 'content-language': language });
    response.json({ ...deps.pageStrings(language), hears: deps.hears });
  });
  router.use(pageFiles(deps.webFolder));
  return router;
}
