import { type RequestHandler, Router } from 'express';
import { messageOf, VitrineError } from '../domain';
import { isLoopback } from './bindable';
import type { Metrics } from './metrics';

/** One thing that must work before shoppers are sent here; throws when it does not. */
export interface ReadinessCheck {
  readonly name: string;
  check(): void | Promise<void>;
}

export interface HealthDeps {
  readonly checks: readonly ReadinessCheck[];
  readonly metrics: Metrics;
  /** What a reader of `/metrics` on another machine must send as its bearer token; empty means this machine only. */
  readonly metricsToken: string;
}

/** `/healthz`: the process answers. `/readyz`: it can serve shoppers. `/metrics`: Prometheus. */
export function healthRoutes({ checks, metrics, metricsToken }: HealthDeps): Router {
  const router = Router();
  const fresh: RequestHandler = (_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  };
  router.get('/healthz', fresh, (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', fresh, async (_request, response) => {
    const failed: Record<string, string> = {};
    for (const { name, check } of checks) {
      try {
        await check();
      } catch (error) {
        failed[name] = error instanceof VitrineError ? messageOf(error) : 'failed';
      }
    }
    const ready = Object.keys(failed).length === 0;
    response.status(ready ? 200 : 503).json(ready ? { status: 'ready' } : { status: 'not ready', failed });
  });
  router.get('/metrics', fresh, onlyFor(metricsToken), async (_request, response) => {
    response.set('content-type', metrics.contentType).send(await metrics.text());
  });
  return router;
}

function onlyFor(token: string): RequestHandler {
  return (request, _response, next) => {
    const { authorization, 'x-forwarded-for': forwarded } = request.headers;
    const allowed =
      token === ''
        ? isLoopback(request.socket.remoteAddress ?? '') && forwarded === undefined
        : authorization === `Bearer ${token}`;
    next(allowed ? undefined : new VitrineError('FORBIDDEN', 'Set METRICS_TOKEN to read the metrics from elsewhere.'));
  };
}
