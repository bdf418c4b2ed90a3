import { Router } from 'express';
import { type Language, languageOf } from '../domain';
import { pageFiles } from './page-files';

/** Pages with texts of their own: the shop's, and the agents' console. */
export type PageName = 'page' | 'agent';

/** What the pages need. */
export interface PageDeps {
  readonly webFolder: string;
  /** The texts of a page in a language. */
  readonly pageStrings: (language: Language, page: PageName) => Readonly<Record<string, string>>;
  /** Are voice notes heard? Without, the page shows no microphone. */
  readonly hears: boolean;
}

/** The shop page at `/`, the console's at `/agent`, and their texts. */
export function pageRoutes(deps: PageDeps): Router {
  const router = Router();
  router.get('/page/strings', (request, response) => {
    const { lang, page } = request.query;
    const language = languageOf(typeof lang === 'string' ? lang : undefined) ?? 'en';
    response.set({ 'cache-control': 'no-cache', 'content-language': language });
    response.json({ ...deps.pageStrings(language, page === 'agent' ? 'agent' : 'page'), hears: deps.hears });
  });
  router.use(pageFiles(deps.webFolder));
  return router;
}
