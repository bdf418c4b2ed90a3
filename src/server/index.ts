export { assertBindable, isLoopback } from './bindable';
export type { ReadinessCheck } from './health';
export { Metrics } from './metrics';
export { createServer, type ServerDeps, type VitrineServer } from './server';
