/** The layers of the house: imports point down only. */
const SIBLINGS = [
  'media',
  'encoders',
  'fusion',
  'understanding',
  'retrieval',
  'catalogue',
  'knowledge',
  'orders',
  'llm',
  'dialog',
  'handoff',
  'reply',
  'storage',
];

const rules = [];
const forbid = (name, comment, from, to) => rules.push({ name, severity: 'error', comment, from, to });

for (const folder of SIBLINGS) {
  const others = SIBLINGS.filter((other) => other !== folder).join('|');
  forbid(
    `${folder}-knows-no-sibling`,
    'Siblings meet through ports in domain.',
    { path: `^src/${folder}/` },
    { path: `^src/(${others})/` },
  );
}
forbid('domain-imports-nothing', 'Domain stands alone.', { path: '^src/domain/' }, { pathNot: '^src/domain/' });
forbid(
  'config-sees-only-domain',
  'Config is below everything else.',
  { path: '^src/config/' },
  { path: '^(src/(?!config/|domain/)|dialogs/)' },
);
forbid(
  'tensor-sees-only-domain',
  'Tensor is below the siblings.',
  { path: '^src/tensor/' },
  { path: '^(src/(?!tensor/|domain/|config/)|dialogs/)' },
);
forbid(
  'siblings-look-down',
  'Siblings see domain, config and tensor.',
  { path: `^src/(${SIBLINGS.join('|')})/` },
  { path: '^(src/(assistant|training|channels|server|web|cli|app|index)|dialogs/)' },
);
forbid(
  'assistant-looks-down',
  'The assistant knows neither channels nor commands.',
  { path: '^src/assistant/' },
  { path: '^(src/(training|channels|server|web|cli|app|index)|dialogs/)' },
);
forbid(
  'training-looks-down',
  'Training scores the code that serves.',
  { path: '^src/training/' },
  { path: '^(src/(assistant|channels|server|web|cli|app|index)|dialogs/)' },
);
forbid(
  'serving-never-imports-training',
  'Nothing that serves a shopper imports training.',
  { path: '^(src/(?!training/|cli/)|dialogs/)' },
  { path: '^src/training/' },
);
forbid(
  'channels-see-only-domain',
  'Channels are handed what they call.',
  { path: '^src/channels/' },
  { path: '^(src/(?!channels/|domain/|config/)|dialogs/)' },
);
forbid(
  'server-sees-channels',
  'The server is handed everything else.',
  { path: '^src/server/' },
  { path: '^(src/(?!server/|channels/|domain/|config/)|dialogs/)' },
);
forbid(
  'dialogs-see-dialog',
  'Flows see src/domain and src/dialog.',
  { path: '^dialogs/' },
  { path: '^src/(?!domain/|dialog/)' },
);
forbid(
  'web-talks-http',
  'Pages talk HTTP and WebSocket only.',
  { path: '^src/web/' },
  { path: '^(src/(?!web/)|dialogs/)' },
);
forbid(
  'pages-know-no-server',
  'Pages run in a browser; of the SDK they use its clients.',
  { path: '^src/web/' },
  { path: 'node_modules/(express|botbuilder|ws|multer)/' },
);
forbid(
  'only-pages-use-web-chat',
  'React and the SDK’s clients are build-time only: the server never loads them.',
  { path: '^(src|dialogs)/', pathNot: '^src/web/' },
  { path: 'node_modules/(react|react-dom|vite|botframework-webchat[a-z-]*|botframework-directlinejs)/' },
);
forbid(
  'express-at-the-edge',
  'express and botbuilder live in server and channels.',
  { path: '^(src|dialogs)/', pathNot: '^src/(server|channels|web)/' },
  { path: 'node_modules/(express|botbuilder|botframework-[a-z]+|ws|multer)/' },
);
forbid('no-cycles', 'A cycle has no bottom.', {}, { circular: true });

module.exports = {
  forbidden: rules,
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'default'] },
  },
};
