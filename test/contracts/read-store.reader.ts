import { type AccessFilter } from '#read-models/access-filter.js';

/** Sees what is open to anybody, and what one of these names was given; passes walls that name one of them. */
export const reader = (anybody: boolean, ...names: string[]): AccessFilter => ({
  subjects: { anybody, holders: names, fromGrant: false },
  walls: { names, byName: ['LIMIT', 'PRIVILEGE'], asMember: [] },
  marks: null,
  told: { anybody: anybody ? 0 : null, holders: names.map((name) => ({ name, since: 0 })) },
  hiddenStreamPrefixes: [],
});
