import { LISTS as RECORDS } from '../access/target.js';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { getNamedType, type GraphQLObjectType } from 'graphql';
import { anyStep } from '../builders/random-commands.js';
import { ann } from '../builders/actors.js';
import { CASE, OTHER_CASE, partner, provider, subject } from '../builders/ids.js';
import { withoutNulls } from '#event-sourcing/event.js';
import { codeOf } from './code-of.js';
import { everythingOf, schemaOf } from './selections.js';
import { Service } from './service.js';

const STEPS = 300;
/** What holds now, whatever moment is asked about. */
const NOW = ['marks'];
/** What `payload` answers as well: with the fields of every type of event a document is larger than one may be. */
const TWICE = ['data'];
/** What is asked for of a case: all of its records but those that tell of access, or of other cases. */
const LISTS = [
  ...Object.values(RECORDS).filter((list) => !['privileges', 'caseRelations'].includes(list)),
  'retractions',
  'history',
];
/** What changes call a row of a list. */
const KINDS = Object.fromEntries([
  ...Object.entries(RECORDS).map(([field, list]) => [list, field.slice(0, -'Id'.length)]),
  ['retractions', 'retraction'],
]);

describe('whatever was recorded, in whatever order', () => {
  let service: Service;
  /** Asks for everything there is of both cases, in every way, as of a moment or now. */
  let query: string;
  /** What was answered while recording went on, with the sequence it was read at. */
  const seen: { sequence: number; data: unknown }[] = [];
  const codes = new Map<string, number>();

  beforeAll(async () => {
    service = await Service.start();
    const schema = await schemaOf(service);
    const caseType = schema.getType('Case') as GraphQLObjectType;
    const lists = LISTS.map((name) => {
      const { nodes } = (getNamedType(caseType.getFields()[name].type) as GraphQLObjectType).getFields();
      return `${name}(first: ${name === 'history' ? 100 : 30}) { nodes ${everythingOf(nodes.type, [...NOW, ...TWICE])} edges { cursor } pageInfo { hasNextPage } }`;
    });
    query = `fragment everything on Case ${everythingOf(caseType, NOW).slice(0, -1)} ${lists.join(' ')} }
    query ($asOf: AsOf) {
      one: case(id: "${CASE}", asOf: $asOf) { ...everything } other: case(id: "${OTHER_CASE}", asOf: $asOf) { ...everything }
      byTitle: cases(first: 100, asOf: $asOf, orderBy: { field: TITLE }) { nodes { id revision } totalCount { value } }
      open: cases(first: 100, asOf: $asOf, filter: { status: { eq: OPEN } }) { nodes { id number } } }`;
    const keys = { ann: await service.keyFor('ann'), bob: await service.keyFor('bob') };
    for (const caseId of [CASE, OTHER_CASE]) {
      await service.done('openCase', { caseId, title: 'Any', kind: 'CASE' });
      // The same ids in both: records are those of their case.
      for (const partyId of [partner, provider, subject]) {
        await service.done('addParty', { caseId, partyId, partyKind: 'ORGANISATION' });
      }
    }
    // Access is never versioned: what is closed later would be missing in what was seen before. Relations tell of other cases.
    const ofAccess = /Member$|(R|r)estrictCase|Limit|limitRecord|Privilege|^mark|Consent$|^relateCases$/;
    const sampled = fc.sample(anyStep(), { numRuns: 2 * STEPS, seed: 1 });
    const steps = sampled.filter(({ name }) => !ofAccess.test(name)).slice(0, STEPS);
    for (const [n, { name, command, actor }] of steps.entries()) {
      const caseId = n % 2 ? CASE : OTHER_CASE;
      // Each command is a new one, but for some that come again with other content.
      const commandId = n % 20 ? `step ${n}` : `step ${n - 2}`;
      const { expectedRevision, ...said } = command;
      const input = { ...said, caseId, commandId, ...(n % 5 === 0 && { expectedRevision }) };
      const answer = await service.command(name, input, actor === ann ? keys.ann : keys.bob);
      const code = codeOf(answer) ?? 'RECORDED';
      codes.set(code, (codes.get(code) ?? 0) + 1);
      if (n % 30 === 29) await look();
    }
    await look();
  });
  afterAll(() => service.stop());

  /** Reads everything now: at the moment that the read models have reached, whichever it is. */
  async function look(): Promise<void> {
    const { data, errors, extensions } = await service.ask(query);
    expect(errors).toBeUndefined();
    seen.push({ sequence: extensions!.asOf.sequence, data });
  }

  it('was decided, and never failed', () => {
    expect(codes.get('RECORDED')).toBeGreaterThan(STEPS / 15);
    expect(codes.size).toBeGreaterThan(5);
    expect(codes.has('INTERNAL')).toBe(false);
    expect(service.errors).toBe('');
  });

  it('is answered as of each moment as it was answered then', async () => {
    expect(seen.length).toBeGreaterThan(10);
    for (const { sequence, data } of seen) {
      const then = await service.ask(query, { asOf: { sequence } });
      expect(then.errors).toBeUndefined();
      expect(then.data).toEqual(data);
    }
  });

  it('leads from each moment to the next by its changes alone', async () => {
    for (const [n, { sequence: to, data: after }] of seen.slice(1).entries()) {
      const { sequence: from, data: before } = seen[n];
      const { data } = await service.ask(
        `query ($id: ID!, $from: AsOf!, $to: AsOf!) { case(id: $id) { changes(from: $from, to: $to) { record recordKind field old new } } }`,
        { id: CASE, from: { sequence: from }, to: { sequence: to } },
      );
      const standing = new Map(fieldsOf((before as { one: Record<string, any> }).one));
      for (const { record, recordKind, field, old, new: next } of data.case.changes) {
        const place = `${recordKind} ${record} ${field}`;
        // Of a reference: whose it is, which it does not say of itself.
        if (field === 'caseId') continue;
        expect(withoutNulls(old)).toEqual(standing.get(place) ?? null);
        if (next === null) standing.delete(place);
        else standing.set(place, withoutNulls(next));
      }
      expect([...standing].sort(byPlace)).toEqual(fieldsOf((after as { one: Record<string, any> }).one).sort(byPlace));
    }
  });

  it('is answered the same from read models built anew', async () => {
    await service.halt();
    const built = (await readdir(service.folder)).filter((name) => name.startsWith('read-'));
    expect(built.length).toBeGreaterThan(0);
    for (const name of built) await rm(join(service.folder, name));
    service = await Service.on(service.folder);
    for (const { sequence, data } of seen) {
      const again = await service.ask(query, { asOf: { sequence } });
      expect(again.errors).toBeUndefined();
      expect(again.data).toEqual(data);
    }
  });
});

const byPlace = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);

const UNCHANGING = ['id', 'revision', 'recordedAt', 'recordedBy', 'caseId', 'competing', 'elsewhere'];

/** Every field of a case and its records that an event can change, by kind, record and name; rivals are found among the others. */
function fieldsOf({ history: _, ...found }: Record<string, any>): [string, unknown][] {
  const rowsOf = (list: string): Record<string, any>[] => found[list]?.nodes ?? [];
  const records = LISTS.flatMap((list) => rowsOf(list).map((row) => [KINDS[list], row] as const));
  const own = Object.fromEntries(Object.entries(found).filter(([name]) => !LISTS.includes(name)));
  return [['case', own] as const, ...records].flatMap(([kind, row]) =>
    Object.entries(row)
      .filter(([name, value]) => !UNCHANGING.includes(name) && value !== null)
      .map(([name, value]): [string, unknown] => [`${kind} ${row.id} ${name}`, withoutNulls(value)]),
  );
}
