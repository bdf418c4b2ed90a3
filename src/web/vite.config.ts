import { join } from 'node:path';
import { defineConfig } from 'vite';
import { compressed } from './build/compressed';
import { slimPackages, slimStrings } from './build/slim';

const here = import.meta.dirname;

/** Every page is one entry: its address is where its HTML file lies below this folder. */
const PAGES = { chat: join(here, 'index.html'), agent: join(here, 'agent', 'index.html') };

/** Both pages stand on React; what the chat has beside it is no concern of the console. */
function chunkOf(id: string): string | undefined {
  if (!id.includes('node_modules')) return undefined;
  return /node_modules\/(react|react-dom|scheduler)\//.test(id.replaceAll('\\', '/')) ? 'react' : 'libraries';
}

export default defineConfig({
  root: here,
  // Web Chat and DirectLineJS are written for bundlers that know Node's names.
  define: { 'process.env.NODE_ENV': JSON.stringify('production'), global: 'globalThis' },
  resolve: { alias: slimPackages(join(here, 'build', 'absent.ts')) },
  esbuild: { jsx: 'automatic' },
  plugins: [slimStrings(), compressed()],
  build: {
    outDir: join(here, '..', '..', 'dist', 'web'),
    emptyOutDir: true,
    target: 'es2022',
    // The Content-Security-Policy allows no scripts in the page, and an inlined picture would be downloaded twice.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rollupOptions: {
      input: PAGES,
      output: { manualChunks: chunkOf },
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});
