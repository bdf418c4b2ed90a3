export type { ConsoleParts } from './agent/console';
export { Passwords } from './agent/passwords';
export { newTotp } from './agent/totp';
export { assertBindable, isLoopback } from './bindable';
export type { ReadinessCheck } from './health';
export { Metrics } from './metrics';
export { createServer, type ServerDeps, type VitrineServer } from './server';
