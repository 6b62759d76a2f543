import { randomUUID } from 'node:crypto';
import { recordsTerms, reads, administers, steers, tellsNothing, type Row } from './expectations.js';
import { COMMANDS } from './expected-commands.js';
import { READING } from './expected-reads.js';

/**
 * Every operation there is, by its name: what each role is answered. A query, mutation, subscription, route or field with
 * arguments that is missing here fails the test, as does one here that there is not.
 */
export const EXPECTED: Readonly<Record<string, Row>> = {
  ...READING,
  ...COMMANDS,

  'mutation recordTerms': {
    expect: recordsTerms('nothing'),
    args: () => [{ title: 'Terms of Use', termsKind: 'TERMS_OF_USE', issuer: 'Halden Models' }],
  },
  'mutation correctTerms': {
    expect: recordsTerms('NOT_FOUND'),
    args: () => [
      { termsId: randomUUID(), title: 'Terms', termsKind: 'TERMS_OF_USE', issuer: 'Halden', reason: 'Misread.' },
    ],
  },
  'mutation addTermsVersion': {
    expect: recordsTerms('NOT_FOUND'),
    args: () => [{ termsId: randomUUID(), version: '2024-11' }],
  },
  'mutation correctTermsVersion': {
    expect: recordsTerms('NOT_FOUND'),
    args: () => [{ termsId: randomUUID(), version: '2024-11', reason: 'Misread.' }],
  },

  'mutation issueKey': {
    ...administers,
    args: ({ title }) => [{ principal: `of ${title}`, label: 'Another', actorKind: 'PERSON', principalRoles: [] }],
  },
  'mutation revokeKey': {
    expect: (role) => (role === 'ADMINISTRATOR' ? 'NOT_FOUND' : 'FORBIDDEN'),
    args: () => [{ keyId: '0000000000000000', reason: 'Lost.' }],
  },
  'mutation loadTechniques': {
    ...administers,
    args: () => [
      { framework: 'ATTACK', frameworkVersion: '17.1', entries: [{ mitreId: 'T1078', label: randomUUID() }] },
    ],
  },
  'mutation mapGroup': {
    ...administers,
    args: () => [{ group: randomUUID(), groupRoles: ['AUDITOR'] }],
  },
  'mutation unmapGroup': {
    expect: (role) => (role === 'ADMINISTRATOR' ? 'NOT_FOUND' : 'FORBIDDEN'),
    args: () => [{ group: 'never mapped' }],
  },
  'mutation pauseProjection': administers,
  'mutation resumeProjection': administers,
  'mutation retryProjection': administers,
  'mutation switchProjection': steers,
  'mutation rollbackProjection': steers,

  'route /events': { ...reads, args: ({ caseId }) => [{ after: '0', cases: caseId }] },
  'route /graphql': tellsNothing,
  // Without a line there is nothing to refuse.
  'route /import': tellsNothing,
  'route /health/live': tellsNothing,
  'route /health/ready': tellsNothing,
  'route /metrics': administers,
  'route /graphiql': tellsNothing,
  'route /graphiql/': tellsNothing,
  // Of the IDE's files the one that is made by the server: it names what `npm run demo` records, to whoever asks.
  'route /graphiql/*': tellsNothing,
};
