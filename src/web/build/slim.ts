import type { Alias, Plugin } from 'vite';

/** Where a part of a program stands; Rollup's parser says it, its types do not. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text that every language of Web Chat has. */
const TELLTALE = 'CONNECTIVITY_STATUS_ALT_CONNECTED';

/**
 * Leaves out what DirectLineJS carries for others: polyfills of browsers that can't run this page, and the streaming
 * extension of the cloud's App Service, which has its own copy of fetch and of Node's Buffer.
 */
export function slimPackages(absent: string): Alias[] {
  return [
    { find: /^core-js\/.*/, replacement: absent },
    { find: 'url-search-params-polyfill', replacement: absent },
    { find: /^\.\/directLineStreaming$/, replacement: absent },
  ];
}

/**
 * Leaves out Web Chat's texts in 48 languages, half of its bundle: they belong to components that this page does not
 * use. Fails when a new version of Web Chat keeps them another way.
 */
export function slimStrings(): Plugin {
  return {
    name: 'vitrine-slim-strings',
    transform(code, id) {
      if (!/botframework-webchat-api[/\\]dist[/\\]botframework-webchat-api\.mjs/.test(id)) return null;
      const texts: Span[] = [];
      for (const statement of this.parse(code).body) {
        if (statement.type !== 'VariableDeclaration') continue;
        for (const { init } of statement.declarations) {
          if (init?.type !== 'ObjectExpression') continue;
          const known = init.properties.some(
            (property) =>
              property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === TELLTALE,
          );
          if (known) texts.push(init as unknown as Span);
        }
      }
      if (texts.length === 0) this.error("Web Chat's texts are not where they used to be.");
      const slim = texts.reduceRight((rest, { start, end }) => `${rest.slice(0, start)}{}${rest.slice(end)}`, code);
      return { code: slim, map: null };
    },
  };
}
