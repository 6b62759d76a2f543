import 'reflect-metadata';
import fc from 'fast-check';
import { allow, hiddenRecords } from '#access/cases/allow.js';
import { ALL_RIGHTS, type CaseRight, type Reader } from '#access/cases/case-access.js';
import { CASE_RULES, type CaseRules } from '#access/cases/case-rules.js';
import { GroupUnmapped } from '#access/groups/group-events.js';
import { groupsAggregate, rightsOf } from '#access/groups/groups.js';
import { principalOf } from '#access/keys/key-ring.js';
import { hasExpired, keysAggregate } from '#access/keys/keys.js';
import { type AccessPolicyRecorded } from '#access/policy/policy-recorded.js';
import { Role, Scope } from '#access/principal.js';
import { event } from '#event-sourcing/event.js';
import { caseOpened } from '../../../../test/builders/case-events.js';
import {
  caseMarked,
  caseRestricted,
  privilegeAsserted,
  recordMarked,
} from '../../../../test/builders/access-events.js';
import { fold } from '../../../../test/builders/decide.js';
import { note } from '../../../../test/builders/ids.js';
import { keyIssued, keyRevoked } from '../../../../test/builders/keys.js';
import { TLP_LEVELS } from '#access/cases/tlp.js';
import { grantee } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { LimitLifted } from '../limits/lift-limit.js';
import { RecordLimited } from '../limits/limit-record.js';
import { MemberAdded } from '../members/add-member.js';
import { MemberRemoved } from '../members/remove-member.js';
import { CaseUnrestricted } from '../members/unrestrict-case.js';
import {
  claimed,
  DORA,
  GROUPS,
  History,
  key,
  KEYS,
  mapped,
  minute,
  OF_CASE,
  policy,
  POLICY,
  type Step,
} from '../../../../test/access/history.js';

/** Whom the property asks about, as they are decided on at the moment itself. */
function ableThen(history: History, sequence: number, recordId: string | null): Map<string, CaseRight[]> {
  const { keys } = fold(keysAggregate, history.of(KEYS, sequence));
  const { mappings, claims } = fold(groupsAggregate, history.of(GROUPS, sequence));
  const { access } = fold(caseAggregate, history.of(OF_CASE, sequence));
  const [, { payload }] = history.steps.slice(0, sequence).findLast(([stream]) => stream === POLICY)!;
  const rules = JSON.parse((payload as unknown as AccessPolicyRecorded).policyTable) as CaseRules;
  const able = new Map<string, CaseRight[]>();
  const judge = (reader: Reader): void => {
    const rights = ALL_RIGHTS.filter((right) => allow(reader, right, access, rules));
    if (!rights.includes('READ')) return;
    if (recordId !== null && hiddenRecords(reader, access, rules).includes(recordId)) return;
    const before = able.get(reader.id) ?? [];
    able.set(
      reader.id,
      ALL_RIGHTS.filter((right) => before.includes(right) || rights.includes(right)),
    );
  };
  for (const one of keys.values()) {
    if (one.revoked || hasExpired(one, Date.parse(minute(sequence))) || !one.scopes.includes('CASES')) continue;
    judge(principalOf(one));
  }
  for (const [id, { groups }] of claims) judge({ id, groups, ...rightsOf(mappings, groups) });
  return able;
}

const roles = fc.subarray(Object.values(Role));
const anyone = fc.constantFrom('ann', 'bob', DORA);
const anyGroup = fc.constantFrom('legal', 'risk');
const organisation = fc.constantFrom('acme', undefined);
const anyGrantee = fc.oneof(
  anyone.map((id) => grantee(id)),
  anyGroup.map((id) => grantee(id, 'GROUP')),
  fc.constant(grantee('acme', 'ORGANISATION')),
);
const anyRules: fc.Arbitrary<CaseRules> = fc
  .record({ byRole: roles, asMember: roles, walls: fc.subarray([...CASE_RULES.walls]) })
  .map(({ byRole, asMember, walls }) => ({
    ...{ ...CASE_RULES, walls },
    cases: [
      { name: 'By role', roles: byRole, of: 'UNRESTRICTED', gives: ['READ'] },
      { name: 'As member', roles: asMember, of: 'MEMBER', gives: 'AS_GRANTED' },
    ],
  }));
const anyKey = fc.record({ n: fc.nat(4), principal: anyone, roles, organisation, lasts: fc.nat(20) });
const rights = fc.subarray([...ALL_RIGHTS]).map((some) => ['READ', ...some.slice(1)] as CaseRight[]);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(anyKey, fc.subarray(Object.values(Scope), { minLength: 1 }), fc.boolean())
    .map(([{ n, principal, roles: principalRoles, organisation: of, lasts }, keyScopes, expires]): Step => {
      const keyExpiresAt = expires ? minute(lasts) : undefined;
      const given = { principal, principalRoles, organisation: of, keyScopes, keyExpiresAt };
      return [KEYS, keyIssued(key(n), given)];
    }),
  fc.nat(4).map((n): Step => [KEYS, keyRevoked(key(n))]),
  fc.tuple(anyGroup, roles, organisation).map((given) => mapped(...given)),
  anyGroup.map((group): Step => [GROUPS, event(GroupUnmapped, { group })]),
  fc.tuple(anyone, fc.subarray(['legal', 'risk'])).map(([id, groups]) => claimed(id, ...groups)),
  fc.tuple(anyGrantee, rights).map(([to, some]): Step => [OF_CASE, event(MemberAdded, { grantee: to, rights: some })]),
  anyGrantee.map((to): Step => [OF_CASE, event(MemberRemoved, { grantee: to })]),
  fc.constant<Step>([OF_CASE, caseRestricted()]),
  fc.constant<Step>([OF_CASE, event(CaseUnrestricted, { reason: 'Known by now.' })]),
  fc
    .array(anyGrantee, { maxLength: 2 })
    .map((named): Step => [OF_CASE, event(RecordLimited, { recordId: note, named })]),
  fc.constant<Step>([OF_CASE, event(LimitLifted, { recordId: note, reason: 'Over.' })]),
  anyGrantee.map((holder): Step => [OF_CASE, privilegeAsserted({ holder })]),
  fc
    .tuple(fc.constantFrom(...TLP_LEVELS), anyGrantee, fc.boolean())
    .map(([tlp, one, onCase]): Step => [OF_CASE, (onCase ? caseMarked : recordMarked)({ tlp, recipients: [one] })]),
  anyRules.map((rules) => policy(rules)),
);

describe('who could see', () => {
  it('is whom the policy let through on the states of that moment, at every moment, for the case and for a record', async () => {
    let [able, not, stopped] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 25 }), async (steps) => {
        const known = [mapped('legal', ['COUNSEL']), claimed(DORA, 'legal'), [KEYS, keyIssued(key(0))] as const];
        const history = new History([policy(), [OF_CASE, caseOpened()], ...known, ...steps]);
        for (let sequence = 2; sequence <= history.events.length; sequence++) {
          const seeing: number[] = [];
          for (const recordId of [null, note]) {
            const expected = ableThen(history, sequence, recordId);
            const lines = await history.lines(sequence, recordId);
            const told = lines.filter(({ certainty }) => certainty !== 'GRANT_ONLY');
            expect(new Map(told.map(({ grantee: { id }, rights: theirs }) => [id, theirs]))).toEqual(expected);
            seeing.push(told.length);
          }
          able += seeing[0];
          not += ['ann', 'bob', DORA].length - seeing[0];
          stopped += seeing[0] - seeing[1];
        }
      }),
      { numRuns: 60 },
    );
    // Else the property would hold of nothing.
    expect(Math.min(able, not, stopped)).toBeGreaterThan(100);
  });
});
