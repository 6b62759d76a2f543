import { randomUUID } from 'node:crypto';
import { type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { RouteWriter } from '../attack/routes.js';
import { Random } from '../crash/random.js';
import { type FullCase, recordFullCase, type RecordField } from '../e2e/full-case.js';
import { everythingOf, schemaOf } from '../e2e/selections.js';
import { Service } from '../e2e/service.js';
import { ask, askPath, type Asked } from './asking.js';
import { joinAll, keysOfAll, type RoleOrNone, ROLES, SITUATIONS, type Situation } from './columns.js';
import { EXPECTED } from './expected.js';
import { operationsOf, pathsOf, type SchemaOperation } from './operations.js';
import { LISTS, neverThere, type Target, targetOf, unnamed } from './target.js';

/**
 * How many roles each row is asked by in each situation, and how many halves of the records are closed: chance chooses them, and
 * `npm run test:attack` asks all.
 */
const [SOME_ROLES, SOME_HALVES] = process.env.ATTACK_WHOLE ? [ROLES.length, Infinity] : [3, 1];
const random = new Random();

describe(`every operation, for every role, in every situation (CRASH_SEED=${random.seed})`, () => {
  const written = new RouteWriter();
  let service: Service;
  let schema: GraphQLSchema;
  let operations: SchemaOperation[];
  let paths: Map<string, string[]>;
  let keyOf: (role: RoleOrNone, situation: Situation) => string;
  let ines: string;
  let inputs: FullCase['inputs'];
  let restricted: Target;
  let open: Target;
  let never: Target;

  beforeAll(async () => {
    service = await Service.apart(written.environment);
    ines = await service.keyFor('ines');
    const rosa = await service.keyFor('rosa', ['REVIEWER']);
    const one = await recordFullCase(service, ines, rosa, 'ines', 'what is restricted');
    const other = await recordFullCase(service, ines, rosa, 'ines', 'what is open');
    ({ inputs } = one);
    await joinAll(service, one.caseId, ines);
    restricted = await targetOf(service, one.caseId, ines);
    open = await targetOf(service, other.caseId, ines);
    never = neverThere(restricted);
    await service.done('restrictCase', { caseId: one.caseId, reason: 'A source asked for it.' }, ines);
    // Issued only now: whoever saw the case before is told in its feed that it is gone.
    keyOf = await keysOfAll(service);
    schema = await schemaOf(service);
    operations = operationsOf(schema);
    paths = pathsOf(written.routes);
  }, 120_000);
  afterAll(async () => {
    await service.stop();
    written.remove();
  });

  it('stands in the table, and nothing else does', () => {
    const all = [...operations.map(({ name }) => name), ...[...paths.keys()].map((path) => `route ${path}`)];
    expect(Object.keys(EXPECTED).sort()).toEqual(all.sort());
  });

  const askedBy = (role: RoleOrNone, situation: Situation) => ({ api: service, key: keyOf(role, situation) });
  const targetIn = (situation: Situation): Target => (situation === 'open' ? open : restricted);

  /** Answers of every column, compared with the table; of those outside, with those about a case that never was. */
  async function compared(
    name: string,
    of: (role: RoleOrNone, situation: Situation, target: Target) => Promise<Asked[]>,
  ) {
    const { expect: expected } = EXPECTED[name];
    const column = async (role: RoleOrNone, situation: Situation): Promise<string[]> => {
      const asked = await of(role, situation, targetIn(situation));
      const wanted = expected(role, situation);
      const outcomes = [...new Set(asked.map(({ outcome }) => outcome))].join();
      if (outcomes !== wanted) return [`${role} ${situation}: ${outcomes} instead of ${wanted}`];
      // That an id is taken is told to whoever chooses it.
      if (situation !== 'outside' || wanted === 'ALREADY_EXISTS') return [];
      const about = (those: Asked[], one: Target) => those.map(({ text }) => unnamed(text, one)).join();
      const [same, other] = [about(asked, restricted), about(await of(role, situation, never), never)];
      return same === other ? [] : [`${role} ${situation}: ${same.slice(0, 500)} is not ${other.slice(0, 500)}`];
    };
    const wrong: string[] = [];
    // All roles at once.
    for (const situation of SITUATIONS) {
      const roles = random.some(ROLES, SOME_ROLES);
      wrong.push(...(await Promise.all(roles.map((role) => column(role, situation)))).flat());
    }
    expect(wrong).toEqual([]);
  }

  const rows = Object.keys(EXPECTED);
  // Those that record come last: what is read is read at one moment.
  it.each([
    ...rows.filter((name) => !/^(mutation|route)/.test(name)),
    ...rows.filter((name) => /^mutation/.test(name)),
  ])('%s is answered as the table says', async (name) => {
    const operation = operations.find((one) => one.name === name)!;
    await compared(name, (role, situation, target) =>
      ask(askedBy(role, situation), operation, EXPECTED[name], target, inputs),
    );
  });

  it.each(rows.filter((name) => name.startsWith('route ')))('%s is answered as the table says', async (name) => {
    const path = name.replace('route ', '');
    await compared(name, async (role, situation, target) => {
      const [args = {}] = EXPECTED[name].args?.(target) ?? [];
      return [await askPath(askedBy(role, situation), path, paths.get(path)!, args, target)];
    });
  });

  describe('as of the moment before it was closed', () => {
    /** Who may see that records exist: no records themselves. */
    const ABOUT_RECORDS = [
      'history',
      'limits',
      'markings',
      'members',
      'retractions',
      'knowings',
      'timeline',
      'origins',
      'disclosureLedger',
    ];
    const kinds = Object.entries(LISTS) as [RecordField, string][];
    const answered = async (query: string, { caseId, before }: Target, key: string): Promise<string> => {
      const text = `query ($id: ID!, $before: Sequence!) { case(id: $id, asOf: { sequence: $before }) { ${query} } }`;
      const { data, errors } = await service.ask(text, { id: caseId, before }, key);
      expect(errors).toBeUndefined();
      return JSON.stringify(data);
    };
    /** All that the lists of records tell. */
    const listed = async (target: Target, key: string, lists = kinds.map(([, list]) => list)): Promise<string> => {
      const fields = (schema.getType('Case') as GraphQLObjectType).getFields();
      const asked = lists.map((list) => answered(`${list}(first: 20) ${everythingOf(fields[list].type)}`, target, key));
      return (await Promise.all(asked)).join();
    };
    /** All that its history and its changes tell. */
    const told = (target: Target, key: string): Promise<string> => {
      const of = (type: string) => everythingOf(schema.getType(type) as GraphQLObjectType);
      const nodes = of('RecordedEvent').replace('{', '{ payload stored: payload(stored: true)');
      const changes = `changes(from: { sequence: 1 }) ${of('RecordChange')}`;
      return answered(`${changes} history(first: 100) { nodes ${nodes} }`, target, key);
    };

    // Chance may have had them paused, and not let go on.
    beforeAll(async () => {
      const { errors } = await service.ask('mutation { resumeProjection { state } }', {}, service.adminKey);
      expect(errors).toBeUndefined();
    });

    it('is asked about records of every kind there is', () => {
      const lists = operations.flatMap(({ name }) => /^field Case\.(?!changes)(\w+)/.exec(name)?.[1] ?? []);
      expect([...kinds.map(([, list]) => list), ...ABOUT_RECORDS].sort()).toEqual(lists.sort());
    });

    it.each(kinds)('a case that is restricted shows no %s to those outside', async (field, list) => {
      expect(await listed(restricted, keyOf('INVESTIGATOR', 'outside'), [list])).toBe('{"case":null}');
      expect(await listed(restricted, keyOf('INVESTIGATOR', 'reader'), [list])).toContain(restricted.ids[field]);
    });

    it('a case that is restricted shows nothing that happened in it to those outside', async () => {
      expect(await told(restricted, keyOf('INVESTIGATOR', 'outside'))).toBe('{"case":null}');
      const text = await told(restricted, keyOf('INVESTIGATOR', 'reader'));
      for (const id of Object.values(restricted.ids)) expect(text).toContain(id);
    });

    /** A privilege is none of the records that can be closed: it is hidden with its own. */
    const closing = kinds.filter(([field]) => field !== 'privilegeId').map(([field]) => field);
    /**
     * Halves of the kinds, so that of every two each is once in a half without the other: a record that still stands may name one
     * that is closed.
     */
    const halves = Array.from({ length: Math.ceil(Math.log2(closing.length)) }, (_, bit) =>
      [0, 1].map((value) => [bit, value]),
    )
      .flat()
      .map(([bit, value]) => closing.filter((_, n) => ((n >> bit) & 1) === value));

    const numbered = halves.map((half, n) => [n, half] as const);
    it.each(random.some(numbered, SOME_HALVES))(
      'records that are closed leave nothing to those who are not named, neither itself nor by what names it: half %i',
      async (_, half) => {
        const { caseId, ids } = open;
        const cora = await service.keyFor('cora', ['COUNSEL']);
        const named = [{ kind: 'PERSON', id: 'ines' }];
        const holder = { kind: 'PERSON', id: 'cora' };
        const privilege = { privilegeKind: 'LEGAL_ADVICE', basis: 'Advice.', holder, named };
        const outside = keyOf('INVESTIGATOR', 'outside');
        const seen = async (key: string): Promise<RecordField[]> => {
          const text = [await listed(open, key), await told(open, key)].join();
          return half.filter((field) => text.includes(ids[field]));
        };
        const each = async (command: string, inputOf: (recordId: string, n: number) => object, key: string) => {
          const inputs = half.map((field, n) => ({ caseId, ...inputOf(ids[field], n) }));
          // The answer to the last one is waited for until it can be read.
          const last = inputs.pop()!;
          for (const input of inputs)
            expect((await service.command(command, input, key, 'revision')).errors).toBeUndefined();
          await service.done(command, last, key);
        };
        expect(await seen(outside)).toEqual(half);

        await each('limitRecord', (recordId) => ({ recordId, named }), ines);
        expect(await seen(outside)).toEqual([]);
        expect(await seen(ines)).toEqual(half);
        await each('liftLimit', (recordId) => ({ recordId, reason: 'Agreed.' }), ines);

        const privilegeIds = half.map(() => randomUUID());
        await each(
          'assertPrivilege',
          (recordId, n) => ({ recordId, ...privilege, privilegeId: privilegeIds[n] }),
          cora,
        );
        expect(await seen(outside)).toEqual([]);
        expect(await seen(ines)).toEqual(half);
        await each('waivePrivilege', (_id, n) => ({ privilegeId: privilegeIds[n], reason: 'Agreed.' }), cora);
      },
    );
  });
});
