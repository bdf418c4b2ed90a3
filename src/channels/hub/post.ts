import { type ActivityJson, VitrineError } from '../../domain';

/** Milliseconds that a hub has to take an activity. */
const TIMEOUT = 10_000;

/** The hub did not take an activity; `statusCode` is what it answered. */
class HubFault extends VitrineError {
  constructor(
    message: string,
    readonly statusCode?: number,
    options?: { cause?: unknown },
  ) {
    super('HUB_FAILED', message, options);
  }
}

/**
 * Posts an activity to a hub as JSON, with the secret as its bearer token. A redirect is not followed: the secret is for
 * the configured address only. Rejects with HUB_FAILED.
 */
export async function postToHub(
  activity: ActivityJson,
  { url, secret, timeout = TIMEOUT }: { url: string; secret: string; timeout?: number | undefined },
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    body: JSON.stringify(activity),
    signal: AbortSignal.timeout(timeout),
  }).catch((error: unknown) => {
    throw new HubFault('the hub does not answer', undefined, { cause: error });
  });
  // What it says is of no use, however much it is.
  await response.body?.cancel();
  if (!response.ok) throw new HubFault(`the hub answered ${response.status}`, response.status);
}
