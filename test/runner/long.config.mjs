import all from '../../jest.config.mjs';

/** `npm run test:long`: the suites whose files say `.long.`. */
export default {
  ...all,
  projects: all.projects
    .filter(({ displayName }) => displayName !== 'pure')
    .map((kind) => ({ ...kind, testMatch: [`**/*.long.${kind.displayName}.spec.js`] })),
};
