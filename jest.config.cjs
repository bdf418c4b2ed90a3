/** Packages that ship ES modules only and are used from CommonJS. */
const ESM = ['@orama', 'jose'];

// LanceDB's native part reads this when it is loaded, outside Jest's copy of the environment.
process.env.LANCEDB_LOG ??= 'error';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/global-setup.cjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.[jt]sx?$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${ESM.join('|')})/)`],
  testTimeout: 60_000,
  maxWorkers: 2,
};
