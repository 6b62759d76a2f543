import { availableParallelism } from 'node:os';

/** A kind of test, run by Node as `npm run build` wrote it. */
const project = (displayName, files) => ({
  displayName,
  // Processes, as tests of what a user may not do change their own user.
  runner: ['jest-light-runner', { runtime: 'child_process' }],
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/dist/apps', '<rootDir>/dist/libs', '<rootDir>/dist/test'],
  setupFilesAfterEnv: ['<rootDir>/test/runner/end-with-worker.mjs', '<rootDir>/test/runner/time-limits.mjs'],
  transform: {},
  ...files,
});
const kinds = ['int', 'crash', 'e2e'];

/** Every test. `npm test` runs those of ./test/runner/short.config.mjs, `npm run test:long` those of long.config.mjs beside it. */
export default {
  rootDir: import.meta.dirname,
  globalSetup: './test/runner/bundle-fixtures.mjs',
  // A server under test has threads of its own: more than four workers would wait for each other.
  maxWorkers: Math.min(4, Math.max(2, availableParallelism() - 1)),
  projects: [
    project('pure', {
      testMatch: ['**/*.spec.js'],
      testPathIgnorePatterns: [`\\.(${kinds.join('|')})\\.spec\\.js$`],
    }),
    ...kinds.map((kind) => project(kind, { testMatch: [`**/*.${kind}.spec.js`] })),
  ],
};
