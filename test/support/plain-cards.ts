import type { Page } from 'playwright-core';

interface Frame {
  activities?: { attachments?: { content?: { product?: unknown } }[] }[];
}

/** Takes away what only Vitrine adds to hero cards, as if another bot had sent them; call it before the page opens. */
export async function withPlainCards(page: Page): Promise<void> {
  await page.routeWebSocket(/directline/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => socket.send(plain(String(message))));
  });
}

function plain(text: string): string {
  if (!text.startsWith('{')) return text;
  const frame = JSON.parse(text) as Frame;
  for (const { attachments } of frame.activities ?? []) {
    for (const { content } of attachments ?? []) delete content?.product;
  }
  return JSON.stringify(frame);
}
