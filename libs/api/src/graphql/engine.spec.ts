import {
  buildSchema,
  type ExecutionResult,
  execute as reference,
  GraphQLError,
  type GraphQLObjectType,
  parse,
} from 'graphql';
import { Engine } from './engine.js';

const schema = buildSchema(`
  type Query { node(id: ID, deep: Deep): Node, echo(text: String, list: [String], n: Int = 7): String, any: Any, broken: Any }
  type Node { id: ID, name(upper: Boolean = false): String, self: Node, other: Node }
  type Leaf { id: ID }
  union Any = Node | Leaf
  input Deep { text: String!, and: [Deep!] }
`);
const node: Record<string, unknown> = {
  id: '1',
  name: ({ upper }: { upper: boolean }) => (upper ? 'ADA' : 'Ada'),
};
node.self = node;
node.other = node;
const { node: nodeField, echo, any, broken } = schema.getQueryType()!.getFields();
nodeField.resolve = () => node;
echo.resolve = (_source, args) => JSON.stringify(args);
any.resolve = () => Promise.resolve(node);
broken.resolve = () => Promise.resolve(node);
const union = schema.getType('Any') as unknown as {
  resolveType: (value: object, context: unknown, info: { fieldName: string }) => string;
};
union.resolveType = (_value, context) => {
  if (context === 'throw') throw new Error('no such type');
  return 'Node';
};
// graphql-jit takes resolvers only; what graphql-js calls as a method of the source is one.
(schema.getType('Node') as GraphQLObjectType).getFields().name.resolve = (_source, { upper }: { upper: boolean }) =>
  (node.name as (args: object) => string)({ upper });

const reported: unknown[] = [];
const engine = new Engine(schema, (error) => reported.push(error));

async function run(
  query: string,
  variables: object = {},
  operationName?: string,
  context?: unknown,
): Promise<ExecutionResult> {
  const args = engine.prepare({ query, operationName, variables: variables as Record<string, unknown> });
  if (args instanceof GraphQLError) return { errors: [args] };
  return engine.execute({ ...args, contextValue: context });
}

describe('Engine', () => {
  it('keeps no document whose many operations have grown too large together', () => {
    const fresh = new Engine(schema, (error) => reported.push(error));
    const names = Array.from({ length: 40 }, (_, n) => `Q${n}`);
    const fields = Array.from({ length: 10 }, (_, n) => `e${n}${'x'.repeat(400)}: echo(n: ${n})`);
    const query = `fragment F on Query { ${fields.join(' ')} } ${names.map((name) => `query ${name} { ...F }`).join(' ')}`;
    const kept = names.map((operationName) => {
      fresh.prepare({ query, operationName });
      return fresh.operations.cached;
    });
    expect(kept[0]).toBe(1);
    expect(kept).toContain(0);
  });

  it('runs the operation that was named, from one document', async () => {
    const query = 'query A { a: echo(text: "a") } query B { b: echo(text: "b") }';
    expect(await run(query, {}, 'A')).toEqual({ data: { a: '{"n":7,"text":"a"}' } });
    expect(await run(query, {}, 'B')).toEqual({ data: { b: '{"n":7,"text":"b"}' } });
    expect(await run(query, {}, 'A')).toEqual({ data: { a: '{"n":7,"text":"a"}' } });
  });

  it('compiles operations that differ only in their values once', async () => {
    const before = engine.cached;
    for (let i = 0; i < 50; i++) {
      expect(await run(`{ unique: echo(text: "${i}", list: ["a", "${i}"]) }`)).toEqual({
        data: { unique: JSON.stringify({ n: 7, text: String(i), list: ['a', String(i)] }) },
      });
    }
    expect(engine.cached).toBe(before + 1);
  });

  it('keeps an operation compiled that selects much far within', async () => {
    const names = Array.from({ length: 1_500 }, (_, n) => `field${'x'.repeat(20)}${n}`);
    const fields = names.map((name) => `${name}: ID`).join(' ');
    const wide = buildSchema(`type Query { wide: Wide } type Wide { self: Wide ${fields} }`);
    const fresh = new Engine(wide, (error) => reported.push(error));
    const args = fresh.prepare({ query: `{ wide ${'{ self '.repeat(7)} { ${names.join(' ')} } ${'}'.repeat(7)} }` });
    if (args instanceof GraphQLError) throw args;
    await fresh.execute(args);
    expect(fresh.cached).toBe(1);
  });

  it('keeps its caches within bounds', async () => {
    const padding = 'x'.repeat(1_500);
    for (let i = 0; i < 600; i++) await run(`{ ${padding}${i}: echo }`);
    expect(engine.cached).toBeLessThan(70);
    expect(engine.operations.cached).toBeLessThan(100);
    expect(engine.cached).toBeGreaterThan(50);
  });

  it('weighs what a fragment stands for wherever it is spread', async () => {
    const names = Array.from({ length: 400 }, (_, n) => `f${n}`);
    const wide = buildSchema(`type Query { wide: Wide } type Wide { ${names.map((name) => `${name}: ID`).join(' ')} }`);
    const fresh = new Engine(wide, (error) => reported.push(error));
    for (let i = 0; i < 20; i++) {
      const spread = Array.from({ length: 8 }, (_, n) => `a${i}b${n}: wide { ...All }`).join(' ');
      const args = fresh.prepare({ query: `{ ${spread} } fragment All on Wide { ${names.join(' ')} }` });
      if (args instanceof GraphQLError) throw args;
      await fresh.execute(args);
    }
    expect(fresh.cached).toBeLessThan(10);
    expect(fresh.operations.cached).toBeLessThan(20);
  });

  it('never lets a value reach the compiler', async () => {
    const code = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74dglobalThis.reached=1';
    expect(await run(`{ echo(text: "${code}") }`)).toEqual({ data: { echo: JSON.stringify({ n: 7, text: code }) } });
    expect(await run('query ($t: String = "' + code + '") { echo(text: $t) }')).toMatchObject({ data: {} });
    expect((globalThis as { reached?: number }).reached).toBeUndefined();
  });

  it('answers although a type resolver throws', async () => {
    const { data, errors } = await run('{ any { ... on Node { id } } }', {}, undefined, 'throw');
    expect(data).toEqual({ any: null });
    expect(errors).toHaveLength(1);
    expect(reported).toMatchObject([{ message: 'no such type' }]);
  });

  it('takes default values, absent variables and null as GraphQL does', async () => {
    const query =
      'query ($t: String, $n: Int, $d: String = "d", $l: [String]) { echo(text: $t, n: $n, list: [$t, $d]) other: echo(list: $l) }';
    for (const variables of [{}, { t: null, n: null }, { t: 't', n: 1, d: null }, { l: 'one' }, { l: ['a', null] }]) {
      const expected = reference({ schema, document: parse(query), variableValues: variables }) as ExecutionResult;
      const sorted = (result: ExecutionResult) =>
        Object.values(result.data!).map((text) => Object.entries(JSON.parse(text as string) as object).sort());
      expect(sorted(await run(query, variables))).toEqual(sorted(expected));
    }
  });

  it('refuses a variable that its own type does not allow, though its place would', async () => {
    const query = 'query ($t: String!, $l: [String!]) { echo(text: $t, list: $l) }';
    expect((await run(query, { l: [null] })).errors![0].extensions.violations).toMatchObject([
      { path: 'text', code: 'REQUIRED' },
      { path: 'list[0]', code: 'REQUIRED' },
    ]);
  });

  it('refuses inputs nested without end', async () => {
    let deep: object = { text: 'a' };
    for (let i = 0; i < 5_000; i++) deep = { text: 'a', and: [deep] };
    expect((await run('query ($d: Deep) { node(deep: $d) { id } }', { d: deep })).errors![0].extensions).toHaveProperty(
      'violations[0].code',
      'TOO_DEEP',
    );
  });

  it('includes and skips as graphql-js does', async () => {
    const conditions = [
      '',
      '@include(if: $a)',
      '@skip(if: $b)',
      '@include(if: $a) @skip(if: $b)',
      '@include(if: false)',
    ];
    for (const one of conditions) {
      for (const two of conditions) {
        const parts = [
          `{ node { ...F ${one} self ${two} { ...F } } both } fragment F on Node { id name ${one} }`,
          `{ node { other { ... ${one} { id } ...F ${two} loud: name(upper: $a) } } both } fragment F on Node { self { id ${two} } }`,
          `{ last: node { ... on Node ${two} { id @skip(if: $b) } id ${one} } both }`,
        ];
        for (const part of parts) {
          const both = 'ok: echo @include(if: $a) ko: echo @skip(if: $b)';
          const query = `query ($a: Boolean! = true, $b: Boolean!) ${part.replace('both', both)}`;
          for (const variables of [{ b: true }, { b: false }, { a: false, b: true }, { a: false, b: false }]) {
            const expected = reference({
              schema,
              document: parse(query),
              variableValues: variables,
            }) as ExecutionResult;
            expect(JSON.parse(JSON.stringify(await run(query, variables)))).toEqual(
              JSON.parse(JSON.stringify(expected)),
            );
          }
        }
      }
    }
  });

  it('refuses operations that stand for more than can be compiled, at once', async () => {
    const bomb = Array.from({ length: 24 }, (_, i) => `fragment F${i} on Node { ...F${i + 1} ... { ...F${i + 1} } }`);
    const limitOf = async (query: string) => (await run(query)).errors?.[0]?.extensions;
    expect(await limitOf(`{ node { ...F0 } } ${bomb.join(' ')} fragment F24 on Node { id }`)).toEqual({
      ...{ code: 'LIMIT_EXCEEDED', limit: 'fields', allowed: 4_000 },
    });
    expect(await limitOf(`{ node { ${'self { '.repeat(8)} id ${'} '.repeat(8)} } }`)).toBeUndefined();
    expect(await limitOf(`{ node { ${'self { '.repeat(9)} id ${'} '.repeat(9)} } }`)).toMatchObject({
      ...{ limit: 'depth', allowed: 10 },
    });
    const many = (count: number, text: (i: number) => string) =>
      Array.from({ length: count }, (_, i) => text(i)).join(' ');
    const type = (levels: number) =>
      `{ __type(name: "Node") { ${'ofType { '.repeat(levels)} name ${'} '.repeat(levels)} } }`;
    expect(await limitOf(type(14))).toBeUndefined();
    expect(await limitOf(type(15))).toMatchObject({ limit: 'introspection depth', allowed: 15 });
    expect(await limitOf(`{ ${many(10, (i) => `a${i}: __typename`)} }`)).toBeUndefined();
    expect(await limitOf(`{ ${many(11, () => '__typename')} }`)).toMatchObject({ limit: 'root fields', allowed: 10 });
    expect(
      await limitOf(`{ ...F ${many(5, () => '__typename')} } fragment F on Query { ${many(6, () => '__typename')} }`),
    ).toMatchObject({
      limit: 'root fields',
    });
    expect(await limitOf(`{ node { ${many(30, (i) => `a${i}: __typename`)} } }`)).toBeUndefined();
    expect(await limitOf(`{ node { ${many(31, (i) => `a${i}: __typename`)} } }`)).toMatchObject({
      limit: 'aliases',
      allowed: 30,
    });
    expect(await limitOf(`{ node { ${many(10, () => 'id @include(if: true)')} } }`)).toBeUndefined();
    expect(await limitOf(`{ node { ${many(11, () => 'id @include(if: true)')} } }`)).toMatchObject({
      ...{ limit: 'directives', allowed: 10 },
    });
    expect(await limitOf(`{ echo(list: [${'1 '.repeat(8_000)}]) }`)).toMatchObject({ limit: 'tokens', allowed: 8_000 });
  });

  it('names the fragments that hold themselves, in whatever size of document', async () => {
    const long = 900;
    const ring = Array.from({ length: long }, (_, i) => `fragment F${i} on Node { ...F${(i + 1) % long} }`).join(' ');
    const cases: [string, string][] = [
      ['{ node { ...F } } fragment F on Node { self { ...F } }', 'Cannot spread fragment "F" within itself.'],
      ['{ node { ...F } } fragment F on Node { ...F }', 'Cannot spread fragment "F" within itself.'],
      [
        '{ node { ...F ...F } } fragment F on Node { ...G ... { ...G } } fragment G on Node { ...F ...F }',
        'Cannot spread fragment "F" within itself via "G".',
      ],
      [`{ node { ...F0 } } ${ring}`, 'Cannot spread fragment "F0" within itself via "F1", "F2", '],
    ];
    for (const [query, message] of cases) {
      const [error] = (await run(query)).errors!;
      expect(error.message).toContain(message);
      expect(error.extensions.code).toBe('VALIDATION_FAILED');
      expect(error.extensions).toHaveProperty('violations[0].code', 'DOCUMENT');
    }
  });

  it('introspects', async () => {
    expect(
      await run('query ($n: String!) { __type(name: $n) { name fields { name } } __typename }', { n: 'Leaf' }),
    ).toEqual({
      data: { __type: { name: 'Leaf', fields: [{ name: 'id' }] }, __typename: 'Query' },
    });
  });
});
