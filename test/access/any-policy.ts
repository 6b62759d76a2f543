import fc from 'fast-check';
import { ann } from '../builders/actors.js';
import { principal } from '../builders/principals.js';
import { type Principal, Role } from '#access/principal.js';
import { type CaseRight, type WallKind } from '#access/cases/case-access.js';
import { CASE_RULES, type CaseRules, type MarkRule } from '#access/cases/case-rules.js';
import { TLP_LEVELS } from '#access/cases/tlp.js';

export const NAMES = ['PERSON/ann', 'PERSON/bob', 'GROUP/legal', 'GROUP/risk', 'ORGANISATION/acme'] as const;
export const RECORDS = 3;

const names = fc.subarray([...NAMES]);
export const anyPrincipal: fc.Arbitrary<Principal> = fc
  .record({
    id: fc.constantFrom('ann', 'bob'),
    roles: fc.subarray(Object.values(Role)),
    groups: fc.subarray(['legal', 'risk', 'nobody']),
    organisation: fc.constantFrom('acme', 'other', null),
  })
  .map((given) => principal(ann, given));
const anyWall = fc.record({
  record: fc.nat(RECORDS - 1),
  kind: fc.constantFrom<WallKind>('LIMIT', 'PRIVILEGE'),
  names,
});
const anyMark = fc.record({
  record: fc.option(fc.nat(RECORDS - 1), { freq: 3 }),
  tlp: fc.constantFrom(...TLP_LEVELS),
  originator: fc.constantFrom('', 'ORGANISATION/acme', 'ORGANISATION/other'),
  names,
});
export const anyCase = fc.record({
  restricted: fc.boolean(),
  members: names,
  withHistory: names,
  changed: fc.array(fc.record({ name: fc.constantFrom(...NAMES), history: fc.boolean() }), { maxLength: 2 }),
  left: names,
  walls: fc.array(anyWall, { maxLength: 3 }),
  marks: fc.array(anyMark, { maxLength: 3 }),
});

const someRoles = fc.subarray(Object.values(Role));
/** The policy itself, and others of its kind: the two forms are equal whatever the table says. */
export const anyRules: fc.Arbitrary<CaseRules> = fc
  .record({
    byRole: someRoles,
    asMember: someRoles,
    outside: someRoles,
    marks: fc.array(
      fc.record({
        name: fc.constant('any'),
        tlp: fc.subarray([...TLP_LEVELS]),
        of: fc.constantFrom<MarkRule['of']>('READER', 'COMMUNITY', 'ORIGINATOR', 'RECIPIENT'),
      }),
    ),
    gives: fc.constantFrom<readonly CaseRight[]>(['READ'], ['CONTRIBUTE']),
    walls: fc.array(
      fc.record({
        name: fc.constant('any'),
        wall: fc.constantFrom<WallKind>('LIMIT', 'PRIVILEGE'),
        roles: someRoles,
        of: fc.constantFrom('NAMED' as const, 'MEMBER' as const),
      }),
    ),
  })
  .map(({ byRole, asMember, outside, gives, walls, marks }) => ({
    ...{ ...CASE_RULES, walls, outside, marks },
    cases: [
      { name: 'any', roles: byRole, of: 'UNRESTRICTED', gives },
      { name: 'any', roles: asMember, of: 'MEMBER', gives: 'AS_GRANTED' },
    ],
  }));
