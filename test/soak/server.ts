// A server that is killed again and again: real routes, adapter and storage; the bot counts what it answered.
import { createServer as createHttpServer } from 'node:http';
import type { TurnHandler } from '../../src/channels';
import { createServer } from '../../src/server';
import { openDatabase, SqliteConversationStore } from '../../src/storage';
import { serverDeps, textReply } from '../support/server-deps';

const [folder = '', port = '0'] = process.argv.slice(2);
const db = openDatabase(folder);
const conversations = new SqliteConversationStore(db);

/** Answers "<count>: <text>", where the count is the conversation's state. */
const assistant: TurnHandler = {
  async handleTurn({ conversationId, text, kind }, signal, commit) {
    for (;;) {
      const { state, version } = conversations.load(conversationId);
      const count = typeof state === 'number' ? state : 0;
      if (kind === 'message') await new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
      signal.throwIfAborted();
      const next = kind === 'message' ? count + 1 : count;
      const reply = textReply(`${next}: ${text}`);
      if (commit([reply], () => conversations.save(conversationId, next, version))) return [reply];
    }
  },
  isSilent: () => false,
  apologise: (_message, commit) => {
    const replies = [textReply('sorry')];
    commit(replies, () => true);
    return replies;
  },
  say: () => textReply('sorry'),
};

const http = createHttpServer();
http.listen(Number(port), '127.0.0.1', () => {
  const server = createServer({
    ...serverDeps(db, folder),
    assistant,
    onFault: (error) => process.stderr.write(`${error instanceof Error ? error.message : error}\n`),
    publicUrl: `http://127.0.0.1:${port}`,
    webFolder: folder,
  });
  server.attach(http);
  process.stdout.write('ready\n');
});
