import type { ErrorRequestHandler, RequestHandler } from 'express';
import express from 'express';
import { VitrineError } from '../../domain';

/** The JSON of an error, the same on every endpoint. */
export interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly hint?: string };
}

/** A JSON body parser with a limit in bytes. `__proto__` keys are dropped, so that no copy can change a prototype. */
export function jsonBody(limit: number): RequestHandler {
  return express.json({ limit, strict: false, reviver: withoutPrototype });
}

/** What a client is told of an error: never a stack, and nothing of a fault that has no code. */
export function describeError(error: unknown): { status: number; body: ErrorBody } {
  const known = error instanceof VitrineError ? error : fromExpress(error);
  if (known === undefined) return describeError(new VitrineError('INTERNAL', 'Something went wrong.'));
  return { status: known.status, body: { error: { code: known.code, message: known.message, hint: known.hint } } };
}

/** Answers every error as JSON; faults of the server (5xx) go to `onFault`. */
export function jsonErrors(onFault: (error: unknown) => void): ErrorRequestHandler {
  return (error, _request, response, next) => {
    const { status, body } = describeError(error);
    if (status >= 500) onFault(error);
    if (response.headersSent) next(error);
    else response.status(status).json(body);
  };
}

/** JSON of a client, without `__proto__` keys. Throws MESSAGE_INVALID. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text, withoutPrototype);
  } catch {
    throw new VitrineError('MESSAGE_INVALID', 'The body is not JSON.');
  }
}

function withoutPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

/** Errors of body-parser and the router carry an HTTP status. */
function fromExpress(error: unknown): VitrineError | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined;
  if (error.status === 413) return new VitrineError('MESSAGE_TOO_LARGE', 'The body is too large.');
  const type = 'type' in error ? error.type : undefined;
  if (type === 'entity.parse.failed') return new VitrineError('MESSAGE_INVALID', 'The body is not JSON.');
  if (error.status >= 400 && error.status < 500)
    return new VitrineError('MESSAGE_INVALID', 'The request cannot be read.');
  return undefined;
}
