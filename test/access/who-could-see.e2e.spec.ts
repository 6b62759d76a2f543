import { randomUUID } from 'node:crypto';
import { CASE_RULES } from '#access/cases/case-rules.js';
import { keepPolicy } from '#access/policy/keep-policy.js';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { registry } from '#investigation/projections.js';
import { caseledger, jsonLines } from '../cli/caseledger.js';
import { until } from '../crash/until.js';
import { codeOf } from '../e2e/code-of.js';
import { Service } from '../e2e/service.js';
import { statusOf } from '../e2e/shown-token.js';
import { OidcProvider } from '../oidc/oidc-provider.js';

const LINES = `nodes { id name rights certainty lastSeenAt ways { certainty sharedFrom rules roles groups grounds { kind of event { id type recordedAt } } } }`;
const QUERY = `query ($caseId: ID!, $recordId: ID, $at: AsOf, $first: Int, $after: String) {
  whoCouldSee(caseId: $caseId, recordId: $recordId, at: $at, first: $first, after: $after) {
    ${LINES} restricted policy { version digest event { id type } } pageInfo { hasNextPage endCursor }
  }
}`;

interface Line {
  id: string;
  name: string | null;
  rights: string[];
  certainty: string;
  lastSeenAt: string | null;
  ways: { rules: string[]; grounds: { kind: string; of: string | null; event: { id: string; type: string } }[] }[];
}

describe('who could see a case on a day', () => {
  let provider: OidcProvider;
  let service: Service;
  /** Who runs the case, its auditor, and others. */
  let keys: Record<'ines' | 'rex' | 'bob' | 'gus' | 'eve', string>;
  const [caseId, noteId] = [randomUUID(), randomUUID()];
  let dora: string;
  /** The place in the log after each thing that happened. */
  const after: Record<string, number> = {};

  const mark = async (what: string) => void (after[what] = await service.logHead());
  const person = (id: string) => ({ kind: 'PERSON', id });
  const ask = (variables: object, key = keys.rex) => service.ask(QUERY, { caseId, first: 100, ...variables }, key);
  const linesOf = async (variables: object, key?: string): Promise<Line[]> => {
    const { data, errors } = await ask(variables, key);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.whoCouldSee.nodes as Line[];
  };
  /** Those listed as able to, with how sure it is. */
  const told = async (what: string, recordId?: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      (await linesOf({ at: { sequence: after[what] }, recordId })).map((line) => [line.id, line.certainty]),
    );

  beforeAll(async () => {
    provider = await OidcProvider.start();
    service = await Service.start(provider.environment);
    const key = (name: string, role: string) => service.keyFor(name, [role]);
    keys = {
      ...{
        ines: await key('ines', 'INVESTIGATOR'),
        rex: await key('rex', 'AUDITOR'),
        bob: await key('bob', 'REVIEWER'),
      },
      ...{ gus: await key('gus', 'INTEGRATION'), eve: await key('eve', 'INVESTIGATOR') },
    };
    dora = `${provider.issuer}#dora`;
    await service.done('openCase', { caseId, title: 'Whose?', kind: 'CASE' }, keys.ines);
    await service.done('addMember', { caseId, grantee: person('rex'), rights: ['READ'] }, keys.ines);
    await service.done('addMember', { caseId, grantee: person('gus'), rights: ['READ', 'CONTRIBUTE'] }, keys.ines);
    await service.done('addMember', { caseId, grantee: { kind: 'GROUP', id: 'legal' }, rights: ['READ'] }, keys.ines);
    await mark('opened');
    const token = await provider.person('dora', { name: 'Dora', groups: ['staff'] });
    await until('the provider is reached', async () => (await seen(token)) || undefined);
    await mark('dora seen');
    expect(codeOf(await service.command('mapGroup', { group: 'staff', groupRoles: ['REVIEWER'] }))).toBeUndefined();
    await mark('mapped');
    await service.done('addNote', { caseId, noteId, text: { text: 'For some.' } }, keys.ines);
    const named = [person('ines'), person('gus')];
    await service.done('limitRecord', { caseId, recordId: noteId, named, reason: 'A source.' }, keys.ines);
    await mark('limited');
    await service.done('restrictCase', { caseId, reason: 'A source asked for it.' }, keys.ines);
    await mark('restricted');
    expect(await seen(await provider.person('dora', { name: 'Dora', groups: ['legal', 'staff'] }))).toBe(true);
    await mark('dora in legal');
    await service.done('removeMember', { caseId, grantee: person('gus'), reason: 'Over.' }, keys.ines);
    await mark('gus removed');
    await service.done('unrestrictCase', { caseId, reason: 'Known by now.' }, keys.ines);
    await mark('open again');
    const { data } = await service.ask('{ keys { id principal } }', {}, service.adminKey);
    const keyId = data.keys.find(({ principal }: { principal: string }) => principal === 'bob').id;
    await service.command('revokeKey', { keyId, reason: 'Lost.' });
    await mark('bob revoked');
    await service.halt();
    await recordPolicy();
    service = await Service.on(service.folder, provider.environment);
    await mark('started again');
  });
  afterAll(async () => {
    await service.stop();
    await provider.kill();
  });

  /** Whether a token opens the service, and so has been seen. */
  const seen = async (token: string): Promise<boolean> => (await statusOf(service, token)) === 200;

  /** As a start of other software would: by its table nobody sees a case by role. */
  async function recordPolicy(): Promise<void> {
    const log = await openSqliteLog({
      folder: service.folder,
      onFatal: (error) => {
        throw error;
      },
    });
    const logId = await log.identity();
    const commands = new CommandHandler({ log, logId, registry, authorise: () => undefined });
    await keepPolicy(commands, { ...CASE_RULES, cases: CASE_RULES.cases.filter(({ of }) => of === 'MEMBER') });
    after['another policy'] = (await log.head()).sequence;
    await log.close();
  }

  it('is whoever had a key, a grant, or a group at that moment, whatever came later', async () => {
    const members = { 'PERSON/ines': 'PROVEN', 'PERSON/rex': 'PROVEN', 'GROUP/legal': 'GRANT_ONLY' };
    const gus = { 'PERSON/gus': 'PROVEN' };
    const byRole = { 'PERSON/bob': 'PROVEN', 'PERSON/eve': 'PROVEN' };
    const staff = { 'GROUP/staff': 'GRANT_ONLY' };
    const seenLast = { [`PERSON/${dora}`]: 'LAST_SEEN' };
    const all = { ...members, ...byRole };
    expect(await told('opened')).toEqual({ ...all, ...gus });
    expect(await told('dora seen')).toEqual({ ...all, ...gus });
    expect(await told('mapped')).toEqual({ ...all, ...gus, ...staff, ...seenLast });
    expect(await told('restricted')).toEqual({ ...members, ...gus });
    expect(await told('dora in legal')).toEqual({ ...members, ...gus, ...seenLast });
    expect(await told('gus removed')).toEqual({ ...members, ...seenLast });
    expect(await told('open again')).toEqual({ ...all, ...staff, ...seenLast });
    const { 'PERSON/bob': _, ...withoutBob } = all;
    expect(await told('bob revoked')).toEqual({ ...withoutBob, ...staff, ...seenLast });
    expect(await told('another policy')).toEqual({ ...members, ...seenLast });
    expect(await told('started again')).toEqual({ ...withoutBob, ...staff, ...seenLast });
    expect(Object.fromEntries((await linesOf({})).map(({ id, certainty }) => [id, certainty]))).toEqual(
      await told('started again'),
    );
  });

  it('tells what it rests on: events that say so, by rules of the policy of then', async () => {
    const lines = await linesOf({ at: { sequence: after['dora in legal'] } });
    const of = (id: string) => lines.find((line) => line.id === id)!;
    const groundsOf = (line: Line) => line.ways[0].grounds.map(({ kind, of: what, event }) => [kind, what, event.type]);
    expect(of('PERSON/gus')).toMatchObject({ name: 'gus', rights: ['READ', 'CONTRIBUTE'], lastSeenAt: null });
    expect(groundsOf(of('PERSON/gus'))).toEqual([
      ['KEY', expect.stringMatching(/^[0-9a-f]{16}$/), 'KeyIssued'],
      ['MEMBERSHIP', 'PERSON/gus', 'MemberAdded'],
    ]);
    const hers = of(`PERSON/${dora}`);
    expect(hers).toMatchObject({ name: 'Dora', lastSeenAt: expect.stringMatching(/Z$/) });
    expect(groundsOf(hers)).toEqual([
      ['TOKEN', dora, 'GroupsClaimed'],
      ['MAPPING', 'staff', 'GroupMapped'],
      ['MEMBERSHIP', 'GROUP/legal', 'MemberAdded'],
    ]);
    const { id } = of('PERSON/gus').ways[0].grounds[1].event;
    const shown = await service.ask(`{ event(id: "${id}") { summary } }`, {}, keys.rex);
    expect(shown.data.event.summary).toContain('PERSON/gus');
  });

  it('says which policy was in force, and that it was another between two starts', async () => {
    const policyAt = async (what: string) =>
      (await ask({ at: { sequence: after[what] } })).data.whoCouldSee.policy as {
        digest: string;
        event: { id: string };
      };
    const [first, other, again] = await Promise.all(['opened', 'another policy', 'started again'].map(policyAt));
    expect(first).toMatchObject({ version: CASE_RULES.version, event: { type: 'AccessPolicyRecorded' } });
    expect(other.digest).not.toBe(first.digest);
    expect(again.digest).toBe(first.digest);
    expect(again.event.id).not.toBe(first.event.id);
    const query =
      '{ events(first: 100, types: ["AccessPolicyRecorded"]) { nodes { sequence actor { kind } payload } } }';
    const { nodes } = (await service.ask(query, {}, service.adminKey)).data.events;
    expect(nodes.map(({ payload }: any) => payload.policyDigest)).toEqual(
      [first, other, again].map(({ digest }) => digest),
    );
    expect(nodes[0]).toMatchObject({ sequence: 2, actor: { kind: 'SYSTEM' } });
    // As the events of keys and groups it is for administrators.
    expect((await service.ask(query, {}, keys.ines)).data.events.nodes).toEqual([]);
  });

  it('answers for a record by its walls, and for none that the asker may not see', async () => {
    const lines = await linesOf({ recordId: noteId, at: { sequence: after.limited } }, keys.ines);
    expect(lines.map(({ id }) => id)).toEqual(['PERSON/gus', 'PERSON/ines']);
    expect(lines[0].ways[0].grounds.at(-1)).toMatchObject({
      kind: 'WALL',
      of: 'LIMIT',
      event: { type: 'RecordLimited' },
    });
    const before = await linesOf({ recordId: noteId, at: { sequence: after.limited - 1 } }, keys.ines);
    expect(before.map(({ id }) => id)).toContain('PERSON/bob');
    const [partyId, linkId] = [randomUUID(), randomUUID()];
    await service.done('addParty', { caseId, partyId, partyKind: 'PERSON', name: 'Somebody' }, keys.ines);
    const link = { fromRecordId: noteId, linkKind: 'CORROBORATES', toRecordId: partyId };
    await service.done('linkRecords', { caseId, linkId, ...link }, keys.ines);
    const ofLink = await linesOf({ recordId: linkId }, keys.ines);
    expect(ofLink.map(({ id }) => id)).toEqual(['PERSON/ines']);
    const refusals = [noteId, linkId, randomUUID()].map(async (recordId) => {
      const { errors } = await ask({ recordId });
      return [errors![0].extensions.code, errors![0].message.replace(recordId, '…')];
    });
    const [hidden, hiddenLink, never] = await Promise.all(refusals);
    expect(hidden[0]).toBe('NOT_FOUND');
    expect([hidden, hiddenLink]).toEqual([never, never]);
  });

  it('is paged: all pages at the moment of the first', async () => {
    const all = await linesOf({});
    const paged: string[] = [];
    let cursor: string | null = null;
    do {
      const { data }: any = await ask({ first: 2, after: cursor });
      paged.push(...data.whoCouldSee.nodes.map(({ id }: Line) => id));
      if (cursor === null)
        await service.done('addMember', { caseId, grantee: person('zoe'), rights: ['READ'] }, keys.ines);
      cursor = data.whoCouldSee.pageInfo.hasNextPage ? data.whoCouldSee.pageInfo.endCursor : null;
    } while (cursor !== null);
    expect(paged).toEqual(all.map(({ id }) => id));
  });

  it('is told to the auditors of the case and to those who manage its members, and to nobody else', async () => {
    expect(codeOf(await ask({}, keys.ines))).toBeUndefined();
    expect(codeOf(await ask({}, keys.eve))).toBe('FORBIDDEN');
    expect(codeOf(await ask({}, keys.gus))).toBe('NOT_FOUND');
    const never = randomUUID();
    const answers = [await ask({}, keys.gus), await ask({ caseId: never }, keys.gus)];
    const [hidden, missing] = answers.map(({ errors }) => errors![0].message);
    expect(hidden.replace(caseId, '…')).toBe(missing.replace(never, '…'));
    const unscoped = {
      principal: 'rex',
      label: 'rex',
      actorKind: 'PERSON',
      principalRoles: ['AUDITOR'],
      scopes: ['CASES'],
    };
    const { data } = await service.command('issueKey', unscoped, service.adminKey, 'secret');
    expect(codeOf(await ask({}, data.issueKey.secret))).toBe('FORBIDDEN');
    const early = await ask({ at: { sequence: 3 } });
    expect(early.errors![0]).toMatchObject({ message: `There was no case ${caseId} at that moment that you may see.` });
  });

  it('is told at the command line, to people and to programs', async () => {
    const environment = { CASELEDGER_URL: service.url, CASELEDGER_KEY: keys.ines };
    const moment = ['--at', String(after.limited), '--record', noteId];
    const { number } = (await service.ask(`{ case(id: "${caseId}") { number } }`, {}, keys.ines)).data.case;
    const [people, programs, missing] = await Promise.all([
      caseledger(['access', number, ...moment], environment),
      caseledger(['access', caseId, ...moment, '--json'], environment),
      caseledger(['access', 'CASE-2020-0001'], environment),
    ]);
    expect(people).toMatchObject({ code: 0, errors: '' });
    expect(people.output).toMatch(
      /^not restricted, access policy \d+ \([0-9a-f]{12}\)\nPERSON\/gus {2}gus {2}PROVEN\n/,
    );
    expect(people.output).toContain('WALL LIMIT RecordLimited');
    expect(programs).toMatchObject({ code: 0, errors: '' });
    expect(jsonLines(programs.output).map(({ id }) => id)).toEqual(['PERSON/gus', 'PERSON/ines']);
    expect(missing).toMatchObject({ code: 1, output: '', errors: expect.stringContaining('no case CASE-2020-0001') });
  });

  it('is told to people of an outside organisation from the share on, and says so of them', async () => {
    const partner = {
      principal: 'pia',
      label: 'pia',
      actorKind: 'PERSON',
      principalRoles: ['PARTNER'],
      organisation: 'acme',
    };
    const { data } = await service.command('issueKey', partner, service.adminKey, 'secret');
    const pia = data.issueKey.secret as string;
    const grantee = { kind: 'ORGANISATION', id: 'acme' };
    await service.done('addMember', { caseId, grantee, rights: ['MANAGE_MEMBERS'] }, keys.ines);
    const [hers, others] = ['PERSON/pia', 'PERSON/ines'].map((id) => (line: Line) => line.id === id);
    const lines = await linesOf({}, pia);
    expect(lines.find(hers)!.ways).toMatchObject([{ certainty: 'PROVEN', sharedFrom: expect.stringMatching(/Z$/) }]);
    expect(lines.find(others)!.ways).toMatchObject([{ sharedFrom: null }]);
    expect(lines.map(({ id, certainty }) => `${id} ${certainty}`)).toContain('ORGANISATION/acme GRANT_ONLY');
    const before = await ask({ at: { sequence: after['open again'] } }, pia);
    const never = await ask({ at: { sequence: 3 } }, keys.rex);
    expect([codeOf(before), before.errors![0].message]).toEqual([codeOf(never), never.errors![0].message]);
    expect(codeOf(before)).toBe('NOT_FOUND');
  });

  it('is itself a read that is recorded', async () => {
    const { data } = await service.ask(
      `{ accessReads(caseId: "${caseId}") { nodes { kind reader what recordId } } }`,
      {},
      keys.rex,
    );
    expect(data.accessReads.nodes).toContainEqual({ kind: 'READ', reader: 'rex', what: 'whoCouldSee', recordId: null });
  });
});
