export { assertBindable, isLoopback } from './bindable';
export { createServer, type ServerDeps, type VitrineServer } from './server';
