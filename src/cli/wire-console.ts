import type { App } from '../app';
import { AgentProductFinder } from '../assistant';
import type { ServerDeps } from '../server';

/** What an app's agent console stands on; nothing where no agents answer. */
export function consoleOf(app: App): ServerDeps['console'] {
  const { config, handoff, translator, vocabulary, pictures } = app;
  if (config.HANDOFF !== 'console') return undefined;
  const hasPicture = (productId: string): boolean => pictures.file(productId, 0) !== undefined;
  return {
    desk: handoff,
    tickets: app.tickets,
    transcripts: app.transcripts,
    statistics: app.statistics,
    agents: app.agents,
    sessions: app.sessions,
    audit: app.audit,
    canned: app.cannedReplies,
    finder: new AgentProductFinder({
      search: app.search,
      photoVector: app.photoVector,
      cards: { translator, vocabulary, hasPicture },
    }),
    translator: app.messageTranslator,
    line: app.line,
    shopName: config.SHOP_NAME,
    clock: app.clock,
  };
}
