import all from '../../jest.config.mjs';

/** `npm test`: all but the long suites. */
export default {
  ...all,
  projects: all.projects.map((kind) => ({
    ...kind,
    testPathIgnorePatterns: [...(kind.testPathIgnorePatterns ?? []), String.raw`\.long\.`],
  })),
};
