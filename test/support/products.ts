import type { Page } from 'playwright-core';

interface HeroContent {
  title: string;
  text: string;
  subtitle: string;
  images?: { url: string; alt: string }[];
  buttons?: { title: string; value: string }[];
  product?: unknown;
}
interface Frame {
  activities?: { attachments?: { content?: HeroContent }[] }[];
}

/** Adds to the hero cards that reach a page the `product` that a shop's server sends; call it before the page opens. */
export async function withProducts(page: Page): Promise<void> {
  await page.routeWebSocket(/directline/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((message) => socket.send(enriched(String(message))));
  });
}

function enriched(text: string): string {
  if (!text.startsWith('{')) return text;
  const frame = JSON.parse(text) as Frame;
  for (const { attachments } of frame.activities ?? []) {
    attachments?.forEach(({ content }, index) => {
      if (content && content.product === undefined) content.product = productOf(content, index);
    });
  }
  return JSON.stringify(frame);
}

function productOf(content: HeroContent, index: number): object {
  const [image] = content.images ?? [];
  const [button] = content.buttons ?? [];
  const path = image ? new URL(image.url).pathname : '';
  const [, price, before] = /^(\S+)(?: \((\S+)\))?/.exec(plain(content.subtitle)) ?? [];
  return {
    id: path.split('/')[2] ?? `p${index}`,
    title: plain(content.title),
    image: { path, alt: image?.alt },
    price,
    ...(before && { priceBefore: before }),
    rating: { value: 4.6, count: 212, text: '4.6 of 5, 212 ratings' },
    stock: index === 1 ? { state: 'out', text: 'Sold out' } : { state: 'few', text: 'Only 3 left' },
    why: plain(content.text),
    ...(button && { link: { label: button.title, url: button.value } }),
    actions: [
      { name: 'similar', label: 'More like this' },
      { name: 'details', label: 'Details' },
    ],
  };
}

/** Hero cards are escaped for readers of Markdown. */
function plain(text: string): string {
  return text.replace(/&#(\d+);/g, (_reference, code: string) => String.fromCodePoint(Number(code)));
}
