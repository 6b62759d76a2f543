import { availableParallelism } from 'node:os';

const swc = [
  '@swc/jest',
  {
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'es6' },
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
      keepClassNames: true,
    },
  },
];
const shared = {
  rootDir: '.',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': swc },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1', '^#([a-z-]+)/(.*)\\.js$': '<rootDir>/libs/$1/src/$2.ts' },
};
export default {
  // A server under test has threads of its own: more than four workers would wait for each other.
  maxWorkers: Math.min(4, Math.max(2, availableParallelism() - 1)),
  // Servers and databases start in a second; a machine under load may take many.
  testTimeout: 60_000,
  workerIdleMemoryLimit: '700MB',
  projects: [
    {
      ...shared,
      displayName: 'pure',
      roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.(int|e2e|crash)\\.spec\\.ts$'],
      moduleNameMapper: { '^@nestjs/graphql$': '<rootDir>/test/shims/graphql.ts', ...shared.moduleNameMapper },
    },
    {
      ...shared,
      displayName: 'int',
      roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
      testMatch: ['**/*.int.spec.ts'],
    },
    { ...shared, displayName: 'crash', roots: ['<rootDir>/test'], testMatch: ['**/*.crash.spec.ts'] },
    { ...shared, displayName: 'e2e', roots: ['<rootDir>/test'], testMatch: ['**/*.e2e.spec.ts'] },
  ],
};
