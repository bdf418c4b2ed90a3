import type { App } from '../app';
import type { ServerDeps } from '../server';

/** What an app's outside hub stands on; nothing where others answer. */
export function hubOf({ config, handoff, hub, hubOutbox }: App): ServerDeps['hub'] {
  if (config.HANDOFF !== 'hub') return undefined;
  return {
    side: handoff.hub,
    outbox: hubOutbox,
    url: config.HANDOFF_HUB_URL,
    secret: config.HANDOFF_HUB_SECRET,
    context: config.HANDOFF_HUB_CONTEXT,
    shopName: config.SHOP_NAME,
    connect: (line) => {
      hub.current = line;
    },
  };
}
