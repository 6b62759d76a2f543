import 'reflect-metadata';
import { type GranteeKind } from '#access/cases/case-access.js';
import { CASE_RULES, type CaseRules } from '#access/cases/case-rules.js';
import { type CouldSee } from '#access/past/could-see.js';
import { event } from '#event-sourcing/event.js';
import { caseOpened } from '../../../../test/builders/case-events.js';
import { recordsLinked } from '../../../../test/builders/question-events.js';
import { caseMarked, memberAdded, privilegeAsserted, recordMarked } from '../../../../test/builders/access-events.js';
import { link, note, partner, privilege, provider } from '../../../../test/builders/ids.js';
import { keyIssued } from '../../../../test/builders/keys.js';
import { grantee } from '../../../../test/builders/values.js';
import { RecordLimited } from '../limits/limit-record.js';
import { LinkCorrected } from '../links/correct-link.js';
import { MemberAdded } from '../members/add-member.js';
import { PrivilegeWaived } from '../privileges/waive-privilege.js';
import {
  claimed,
  DORA,
  History,
  key,
  KEYS,
  mapped,
  minute,
  OF_CASE,
  policy,
  type Step,
} from '../../../../test/access/history.js';

describe('who could see', () => {
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
