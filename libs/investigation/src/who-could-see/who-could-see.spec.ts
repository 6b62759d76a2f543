import 'reflect-metadata';
import fc from 'fast-check';
import { allow, hiddenRecords } from '#access/cases/allow.js';
import { ALL_RIGHTS, type CaseRight, type GranteeKind, type Reader } from '#access/cases/case-access.js';
import { CASE_RULES, type CaseRules } from '#access/cases/case-rules.js';
import { GroupMapped, GroupsClaimed, GroupUnmapped } from '#access/groups/group-events.js';
import { groupsAggregate, rightsOf } from '#access/groups/groups.js';
import { principalOf } from '#access/keys/key-ring.js';
import { hasExpired, keysAggregate } from '#access/keys/keys.js';
import { accessThen } from '#access/past/access-then.js';
import { type CouldSee, WhoCouldSee } from '#access/past/could-see.js';
import { recordedForm } from '#access/policy/keep-policy.js';
import { AccessPolicyRecorded } from '#access/policy/policy-recorded.js';
import { Role, Scope } from '#access/principal.js';
import { sealEvent } from '#event-sourcing/envelope.js';
import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { type StreamEvent } from '#read-models/read-session.js';
import { ann } from '../../../../test/builders/actors.js';
import {
  caseMarked,
  caseOpened,
  caseRestricted,
  memberAdded,
  privilegeAsserted,
  recordMarked,
  recordsLinked,
} from '../../../../test/builders/case-events.js';
import { fold } from '../../../../test/builders/decide.js';
import { CASE, link, note, partner, privilege, provider } from '../../../../test/builders/ids.js';
import { keyIssued, keyRevoked } from '../../../../test/builders/keys.js';
import { TLP_LEVELS } from '#access/cases/tlp.js';
import { grantee } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { LimitLifted } from '../limits/lift-limit.js';
import { RecordLimited } from '../limits/limit-record.js';
import { LinkCorrected } from '../links/correct-link.js';
import { MemberAdded } from '../members/add-member.js';
import { MemberRemoved } from '../members/remove-member.js';
import { CaseUnrestricted } from '../members/unrestrict-case.js';
import { PrivilegeWaived } from '../privileges/waive-privilege.js';
import { caseThen } from './case-then.js';

const OF_CASE = `case-${CASE}`;
const [KEYS, GROUPS, POLICY] = ['access-keys', 'access-groups', 'access-policy'];
const START = Date.parse('2025-03-01T00:00:00Z');
/** The nth event is recorded in the nth minute. */
const minute = (n: number): string => new Date(START + n * 60_000).toISOString();

type Step = readonly [stream: string, happened: DecidedEvent];

/** A log, and who could see in it at any of its moments. */
class History {
  readonly events: StreamEvent[] = [];

  constructor(readonly steps: readonly Step[]) {
    const revisions = new Map<string, number>();
    for (const [n, [stream, { type, version, payload }]] of steps.entries()) {
      const revision = revisions.get(stream) ?? 0;
      revisions.set(stream, revision + 1);
      const about = { id: `e${n + 1}`, type, schemaVersion: version, stream, revision, recordedAt: minute(n + 1) };
      const command = { commandId: null, commandHash: null, previousHash: null, correlationId: 'x', causationId: 'x' };
      const sealed = sealEvent({ ...about, ...command, actor: ann }, payload);
      this.events.push({ stored: { ...sealed, stream, revision, sequence: n + 1, position: String(n + 1) }, payload });
    }
  }

  /** What has happened in a stream up to a sequence. */
  of(stream: string, sequence: number): DecidedEvent[] {
    return this.steps.slice(0, sequence).flatMap(([where, happened]) => (where === stream ? [happened] : []));
  }

  async at(sequence: number, recordId: string | null): Promise<WhoCouldSee> {
    const streamThen = (stream: string) => this.pages(stream, sequence);
    const ofCase = await caseThen(streamThen, CASE, recordId);
    return new WhoCouldSee({
      ...{ then: await accessThen(streamThen), ofCase, recordIds: ofCase.recordIds },
      now: Date.parse(minute(sequence)),
    });
  }

  async lines(sequence: number, recordId: string | null = null): Promise<CouldSee[]> {
    const who = await this.at(sequence, recordId);
    return who.names.flatMap((name) => who.line(name) ?? []);
  }

  private async *pages(stream: string, sequence: number): AsyncGenerator<StreamEvent[]> {
    await Promise.resolve();
    const events = this.events.filter(({ stored }) => stored.stream === stream && stored.sequence! <= sequence);
    for (let n = 0; n < events.length; n += 3) yield events.slice(n, n + 3);
  }
}

const policy = (rules: CaseRules = CASE_RULES): Step => {
  const { version, digest, table } = recordedForm(rules);
  return [POLICY, event(AccessPolicyRecorded, { policyVersion: version, policyDigest: digest, policyTable: table })];
};
const mapped = (group: string, groupRoles: Role[], organisation?: string): Step => [
  GROUPS,
  event(GroupMapped, { group, groupRoles, organisation }),
];
const claimed = (principal: string, ...claimedGroups: string[]): Step => [
  GROUPS,
  event(GroupsClaimed, { principal, label: `Called ${principal}`, claimedGroups }),
];
const key = (n: number) => ({ id: String(n).padStart(16, '0'), secret: String(n).repeat(64).slice(0, 64) });
const DORA = 'https://idp.example#dora';

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

  const told = (lines: readonly CouldSee[]) => lines.map(({ id, certainty }) => `${id} ${certainty}`);

  it('names what it rests on, by rule and event: a key and a grant', async () => {
    const member = event(MemberAdded, { grantee: grantee('bob'), rights: ['READ', 'CLOSE'] });
    const history = new History([
      policy(),
      [OF_CASE, caseOpened({ restricted: true })],
      [KEYS, keyIssued(key(1), { principal: 'bob', label: 'Bob', principalRoles: ['REVIEWER'] })],
      [OF_CASE, member],
    ]);
    expect(told(await history.lines(3))).toEqual([]);
    const [bob] = await history.lines(4);
    expect(bob).toMatchObject({
      ...{ id: 'PERSON/bob', grantee: { kind: 'PERSON', id: 'bob' }, name: 'Bob', lastSeenAt: null },
      ...{ rights: ['READ', 'CLOSE'], certainty: 'PROVEN' },
      ways: [{ rules: ['As a member of the case'], rights: ['READ', 'CLOSE'], roles: ['REVIEWER'], groups: [] }],
    });
    expect(
      bob.ways[0].grounds.map(({ kind, of, event: { id, type, recordedAt } }) => [kind, of, id, type, recordedAt]),
    ).toEqual([
      ['KEY', key(1).id, 'e3', 'KeyIssued', minute(3)],
      ['MEMBERSHIP', 'PERSON/bob', 'e4', 'MemberAdded', minute(4)],
    ]);
  });

  it('rests on what the last token named, and what groups were mapped to, where there is no key', async () => {
    const history = new History([
      policy(),
      [OF_CASE, caseOpened()],
      claimed(DORA, 'legal', 'staff'),
      mapped('legal', ['COUNSEL']),
      claimed(DORA, 'staff'),
    ]);
    expect(told(await history.lines(3))).toEqual([]);
    expect(told(await history.lines(4))).toEqual(['GROUP/legal GRANT_ONLY', `PERSON/${DORA} LAST_SEEN`]);
    const [group, dora] = await history.lines(4);
    expect(dora).toMatchObject({ name: `Called ${DORA}`, lastSeenAt: minute(3), rights: ['READ', 'CONTRIBUTE'] });
    expect(dora.ways[0].grounds.map(({ kind, of, event: { id } }) => [kind, of, id])).toEqual([
      ['TOKEN', DORA, 'e3'],
      ['MAPPING', 'legal', 'e4'],
      ['UNRESTRICTED', null, 'e2'],
    ]);
    expect(group.ways[0]).toMatchObject({ roles: ['COUNSEL'], groups: ['legal'] });
    expect(told(await history.lines(5))).toEqual(['GROUP/legal GRANT_ONLY']);
  });

  it('lists a member as itself where it is not known who it was, and no person that would need a key for it', async () => {
    const to = (kind: GranteeKind, id: string): Step => [
      OF_CASE,
      event(MemberAdded, { grantee: grantee(id, kind), rights: ['READ'] }),
    ];
    const members = [to('GROUP', 'legal'), to('ORGANISATION', 'acme'), to('PERSON', 'bob'), to('PERSON', DORA)];
    const history = new History([policy(), [OF_CASE, caseOpened({ restricted: true })], ...members]);
    const grants = ['GROUP/legal GRANT_ONLY', 'ORGANISATION/acme GRANT_ONLY', `PERSON/${DORA} GRANT_ONLY`];
    expect(told(await history.lines(6))).toEqual(grants);
    expect((await history.lines(6))[0].ways).toMatchObject([{ roles: [], grounds: [{ kind: 'MEMBERSHIP' }] }]);
    const keyed: Step = [KEYS, keyIssued(key(1), { principal: 'bob', keyExpiresAt: minute(9) })];
    const others = [
      [OF_CASE, memberAdded('eve')],
      [OF_CASE, memberAdded('eve', 'CLOSE')],
    ] as const;
    const later = new History([...history.steps, keyed, claimed(DORA, 'unmapped'), ...others]);
    expect(told(await later.lines(7))).toEqual([...grants.slice(0, 2), 'PERSON/bob PROVEN', grants[2]]);
    // Of whom a token was seen, it is as that says; the key has expired, and may be nobody's any more.
    expect(told(await later.lines(8))).toEqual([...grants.slice(0, 2), 'PERSON/bob PROVEN']);
    expect(told(await later.lines(9))).toEqual(grants.slice(0, 2));
  });

  it('judges by the policy of then, and by nothing where none had been recorded', async () => {
    const closed: CaseRules = { ...CASE_RULES, cases: CASE_RULES.cases.slice(1) };
    const known: Step[] = [
      [OF_CASE, caseOpened()],
      [OF_CASE, memberAdded('bob', 'CLOSE')],
      [KEYS, keyIssued(key(1), { principal: 'eve' })],
    ];
    const history = new History([...known, policy(), policy(closed), policy()]);
    const before = await history.lines(3);
    expect(told(before)).toEqual(['PERSON/ann GRANT_ONLY', 'PERSON/bob GRANT_ONLY']);
    expect(before[1].ways).toMatchObject([{ rules: [], rights: ['READ', 'CLOSE'], grounds: [{ kind: 'MEMBERSHIP' }] }]);
    expect(told(await history.lines(4))).toEqual(['PERSON/eve PROVEN']);
    expect(told(await history.lines(5))).toEqual([]);
    expect(told(await history.lines(6))).toEqual(['PERSON/eve PROVEN']);
  });

  it('names the walls that let a reader through to a record', async () => {
    const history = new History([
      policy(),
      [OF_CASE, caseOpened()],
      [KEYS, keyIssued(key(1), { principal: 'bob', principalRoles: ['COUNSEL'] })],
      [KEYS, keyIssued(key(2), { principal: 'eve', principalRoles: ['COUNSEL'] })],
      [KEYS, keyIssued(key(3), { principal: 'flo', principalRoles: ['REVIEWER'] })],
      ...(['bob', 'flo'] as const).map((id): Step => [OF_CASE, memberAdded(id)]),
      [OF_CASE, privilegeAsserted({ holder: grantee('ines') })],
      [OF_CASE, event(PrivilegeWaived, { privilegeId: privilege, recordId: note, reason: 'Disclosed.' })],
    ]);
    const everybody = ['PERSON/bob PROVEN', 'PERSON/eve PROVEN', 'PERSON/flo PROVEN'];
    expect(told(await history.lines(7, note))).toEqual(everybody);
    expect(told(await history.lines(8, note))).toEqual(everybody.slice(0, 1));
    expect(told(await history.lines(8))).toEqual(everybody);
    const [way] = (await history.lines(8, note))[0].ways;
    expect(way.rules).toContain("On counsel's track");
    expect(way.grounds.at(-1)).toMatchObject({ kind: 'WALL', of: 'PRIVILEGE', event: { id: 'e8' } });
    expect(told(await history.lines(9, note))).toEqual(everybody);
  });

  it('goes by the walls and marks of what a record belongs to, as that was linked then', async () => {
    const [corrected, limited] = [
      event(LinkCorrected, { linkId: link, fromRecordId: partner, linkKind: 'CORROBORATES', toRecordId: provider }),
      event(RecordLimited, { recordId: note, named: [grantee('bob')] }),
    ];
    const history = new History([
      policy(),
      [OF_CASE, caseOpened()],
      [KEYS, keyIssued(key(1), { principal: 'bob' })],
      [KEYS, keyIssued(key(2), { principal: 'eve' })],
      [OF_CASE, recordsLinked({ fromRecordId: partner, toRecordId: note })],
      [OF_CASE, limited],
      [OF_CASE, corrected],
    ]);
    const everybody = ['PERSON/bob PROVEN', 'PERSON/eve PROVEN'];
    expect(told(await history.lines(5, link))).toEqual(everybody);
    const left = await history.lines(6, link);
    expect(told(left)).toEqual(everybody.slice(0, 1));
    expect(left[0].ways[0].grounds.at(-1)).toMatchObject({ kind: 'WALL', of: 'LIMIT', event: { id: 'e6' } });
    expect(told(await history.lines(7, link))).toEqual(everybody);
    expect(told(await history.lines(7, note))).toEqual(everybody.slice(0, 1));
  });

  it('names the marks that let a reader of outside receive it', async () => {
    const acme = { principalRoles: ['PARTNER' as const], organisation: 'acme' };
    const history = new History([
      policy(),
      [OF_CASE, caseOpened({ restricted: true })],
      [KEYS, keyIssued(key(1), { principal: 'pia', ...acme })],
      [KEYS, keyIssued(key(2), { principal: 'paul', ...acme })],
      [OF_CASE, event(MemberAdded, { grantee: grantee('acme', 'ORGANISATION'), rights: ['READ'] })],
      [OF_CASE, event(MemberAdded, { grantee: grantee('legal', 'GROUP'), rights: ['READ'] })],
      [OF_CASE, caseMarked({ tlp: 'GREEN' })],
      [OF_CASE, recordMarked({ tlp: 'RED', recipients: [grantee('paul')] })],
    ]);
    const everybody = [
      'GROUP/legal GRANT_ONLY',
      'ORGANISATION/acme GRANT_ONLY',
      'PERSON/paul PROVEN',
      'PERSON/pia PROVEN',
    ];
    expect(told(await history.lines(7, note))).toEqual(everybody);
    const left = await history.lines(8, note);
    // Whether a group's people are of outside is not known.
    expect(told(left)).toEqual(['GROUP/legal GRANT_ONLY', 'PERSON/paul PROVEN']);
    const [way] = left[1].ways;
    expect(way.rules).toEqual(['As a member of the case', 'The community', 'Named recipients']);
    expect(way.grounds.map(({ kind, of, event: { id } }) => [kind, of, id]).slice(-2)).toEqual([
      ['MARK', 'GREEN', 'e7'],
      ['MARK', 'RED', 'e8'],
    ]);
    expect(told(await history.lines(8))).toEqual(everybody);
  });

  it('has its names in the same order at the same moment, whoever is asked about', async () => {
    const history = new History([policy(), mapped('risk', ['REVIEWER']), [OF_CASE, caseOpened()], mapped('legal', [])]);
    expect((await history.at(4, note)).names).toEqual(['GROUP/legal', 'GROUP/risk', 'PERSON/ann']);
  });
});
