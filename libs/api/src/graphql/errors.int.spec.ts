import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { startSample } from '../../../../test/e2e/graphql-audits-app.js';

interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: unknown[]; locations?: unknown[]; extensions: Record<string, unknown> }[];
  extensions?: unknown;
}

describe('Errors as clients see them', () => {
  let sample: Awaited<ReturnType<typeof startSample>>;
  beforeAll(async () => {
    sample = await startSample();
  });
  afterAll(() => sample.app.close());

  async function ask(query: string, variables?: object, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(sample.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  }

  const record = 'mutation ($input: RecordInput!) { record(input: $input) }';
  const refusal = async (query: string, variables?: object) => {
    const { data, errors } = await ask(query, variables);
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors![0].extensions.code).toBe('VALIDATION_FAILED');
    return errors![0].extensions.violations;
  };

  describe('an input is refused alike, whether it stands in a variable or in the document', () => {
    const long = 'x'.repeat(5_000);
    it.each([
      ['a missing field', {}, '{}', 'input.commandId', 'REQUIRED'],
      [
        'null where something must be',
        { commandId: 'a', title: null },
        '{commandId: "a", title: null}',
        'input.title',
        'REQUIRED',
      ],
      [
        'an unknown field',
        { commandId: 'a', title: 'b', titel: 'c' },
        '{commandId: "a", title: "b", titel: "c"}',
        'input.titel',
        'UNKNOWN_FIELD',
      ],
      [
        'a number for a string',
        { commandId: 'a', title: 5 },
        '{commandId: "a", title: 5}',
        'input.title',
        'WRONG_TYPE',
      ],
      [
        'a string for a number',
        { commandId: 'a', title: 'b', count: long },
        `{commandId: "a", title: "b", count: "${long}"}`,
        'input.count',
        'WRONG_TYPE',
      ],
      [
        'a fraction for a whole number',
        { commandId: 'a', title: 'b', count: 1.5 },
        '{commandId: "a", title: "b", count: 1.5}',
        'input.count',
        'WRONG_TYPE',
      ],
      [
        'a whole number too large',
        { commandId: 'a', title: 'b', count: 2147483648 },
        '{commandId: "a", title: "b", count: 2147483648}',
        'input.count',
        'OUT_OF_RANGE',
      ],
      [
        'an unknown enum value',
        { commandId: 'a', title: 'b', colour: 'BLUE' },
        '{commandId: "a", title: "b", colour: BLUE}',
        'input.colour',
        'NOT_ALLOWED',
      ],
      [
        'a list for one',
        { commandId: 'a', title: ['b'] },
        '{commandId: "a", title: ["b"]}',
        'input.title',
        'WRONG_TYPE',
      ],
      [
        'an object for a string',
        { commandId: 'a', title: { a: 1 } },
        '{commandId: "a", title: {a: 1}}',
        'input.title',
        'WRONG_TYPE',
      ],
      [
        'a wrong item of a list',
        { commandId: 'a', title: 'b', subjects: ['c', true] },
        '{commandId: "a", title: "b", subjects: ["c", true]}',
        'input.subjects[1]',
        'WRONG_TYPE',
      ],
      [
        'null in a list',
        { commandId: 'a', title: 'b', subjects: [null] },
        '{commandId: "a", title: "b", subjects: [null]}',
        'input.subjects[0]',
        'REQUIRED',
      ],
      [
        'a string for an object',
        { commandId: 'a', title: 'b', description: 'c' },
        '{commandId: "a", title: "b", description: "c"}',
        'input.description',
        'WRONG_TYPE',
      ],
      [
        'a missing nested field',
        { commandId: 'a', title: 'b', notes: [{ text: 'c' }, {}] },
        '{commandId: "a", title: "b", notes: [{text: "c"}, {}]}',
        'input.notes[1].text',
        'REQUIRED',
      ],
      [
        'two of one',
        { commandId: 'a', title: 'b', when: { sequence: 1, time: '2025-01-01T00:00:00Z' } },
        '{commandId: "a", title: "b", when: {sequence: 1, time: "2025-01-01T00:00:00Z"}}',
        'input.when',
        'ONE_OF',
      ],
      [
        'none of one',
        { commandId: 'a', title: 'b', when: {} },
        '{commandId: "a", title: "b", when: {}}',
        'input.when',
        'ONE_OF',
      ],
      [
        'a moment that is none',
        { commandId: 'a', title: 'b', when: { time: '2025-02-30T00:00:00Z' } },
        '{commandId: "a", title: "b", when: {time: "2025-02-30T00:00:00Z"}}',
        'input.when.time',
        'OUT_OF_RANGE',
      ],
      [
        'a negative sequence',
        { commandId: 'a', title: 'b', when: { sequence: -1 } },
        '{commandId: "a", title: "b", when: {sequence: -1}}',
        'input.when.sequence',
        'WRONG_TYPE',
      ],
      [
        'what a scalar refuses',
        { commandId: 'a', title: 'b', occurredAt: 'garbage' },
        '{commandId: "a", title: "b", occurredAt: "garbage"}',
        'input.occurredAt',
        'WRONG_TYPE',
      ],
      [
        'a scalar of the wrong kind',
        { commandId: 'a', title: 'b', extra: [1] },
        '{commandId: "a", title: "b", extra: [1]}',
        'input.extra',
        'WRONG_TYPE',
      ],
    ])('%s', async (_name, value, literal, path, code) => {
      const byVariable = await refusal(record, { input: value });
      const byLiteral = await refusal(`mutation { record(input: ${literal}) }`);
      expect(byVariable).toEqual(byLiteral);
      expect(byVariable).toContainEqual({ path, code, message: expect.stringContaining(path) as string });
      expect(JSON.stringify(byVariable)).not.toContain('xxxxx');
    });

    it('by what is allowed', async () => {
      expect(await refusal(record, { input: { commandId: 'a', title: 'b', colour: 'BLUE' } })).toEqual([
        { path: 'input.colour', code: 'NOT_ALLOWED', message: 'input.colour must be one of RED, GREEN (Colour).' },
      ]);
    });

    it('with variables inside a literal', async () => {
      const query = 'mutation ($t: String!, $c: Colour) { record(input: {commandId: "a", title: $t, colour: $c}) }';
      expect((await ask(query, { t: 'b', c: 'RED' })).data).toEqual({
        record: { class: 'RecordInput', commandId: 'a', title: 'b', colour: 'RED', subjects: [] },
      });
    });
  });

  it.each([
    [
      'a string for an enum in the document',
      'mutation { record(input: {commandId: "a", title: "b", colour: "RED"}) }',
      'input.colour',
      'NOT_ALLOWED',
    ],
    [
      'a bare name for a string',
      'mutation { record(input: {commandId: "a", title: RED}) }',
      'input.title',
      'WRONG_TYPE',
    ],
    ['a missing argument', '{ twice }', 'n', 'REQUIRED'],
    ['an unknown argument', '{ twice(n: 1, m: 2) }', 'm', 'UNKNOWN_ARGUMENT'],
    ['an unknown field', '{ helo }', 'helo', 'UNKNOWN_FIELD'],
    ['an unknown variable', '{ twice(n: $n) }', 'n', 'UNKNOWN_VARIABLE'],
    ['a variable of the wrong type', 'query ($n: String!) { twice(n: $n) }', '', 'WRONG_TYPE'],
    ['a wrong default', 'query ($n: Int = "five") { things(first: $n) { nodes { name } } }', '$n', 'WRONG_TYPE'],
    ['a directive without its argument', '{ hello @include }', '@include(if:)', 'REQUIRED'],
    ['a wrong condition', '{ hello @include(if: "yes") }', '@include(if:)', 'WRONG_TYPE'],
    ['text that is not GraphQL', '{ hello', '', 'SYNTAX'],
    ['half a surrogate pair in the document', String.raw`{ hello(name: "\uD800") }`, '', 'SYNTAX'],
    ['an anonymous operation among others', '{ hello } query A { hello }', '', 'DOCUMENT'],
  ])('refuses %s', async (_name, query, path, code) => {
    expect(await refusal(query)).toContainEqual({ path, code, message: expect.any(String) as string });
  });

  it('refuses half a surrogate pair wherever it stands', async () => {
    const broken = 'a\uD800';
    expect(await refusal(record, { input: { commandId: 'a', title: broken } })).toMatchObject([
      { path: 'input.title', code: 'ILL_FORMED' },
    ]);
    expect(
      await refusal(record, { input: { commandId: 'a', title: 'b', extra: { deep: [{ er: broken }] } } }),
    ).toMatchObject([{ path: 'input.extra.deep[0].er', code: 'ILL_FORMED' }]);
  });

  it('refuses the character U+0000, in a variable as in the document', async () => {
    const variables = { input: { commandId: 'a', title: 'b\0' } };
    const inDocument = String.raw`mutation { record(input: { commandId: "a", title: "b\u0000" }) }`;
    for (const violations of [await refusal(record, variables), await refusal(inDocument)]) {
      expect(violations).toMatchObject([{ path: 'input.title', code: 'ILL_FORMED' }]);
    }
  });

  it('does not guess what was meant, and does not echo long texts', async () => {
    const { errors } = await ask(`{ helo ${'x'.repeat(10_000)} }`);
    expect(errors![0].message).not.toContain('Did you mean');
    expect(JSON.stringify(errors).length).toBeLessThan(2_000);
  });

  it('validates the input class, nested ones too, in the same shape', async () => {
    const { data, errors } = await ask(record, {
      input: { commandId: 'a', title: 'far too long', count: 11, notes: [{ text: 'c' }, { text: '' }] },
    });
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ path: ['record'], extensions: { code: 'VALIDATION_FAILED' } }]);
    expect(errors![0].extensions.violations).toEqual([
      { path: 'input.title', code: 'LENGTH', message: 'input.title must be shorter than or equal to 10 characters' },
      { path: 'input.count', code: 'MAX', message: 'input.count must not be greater than 10' },
      {
        path: 'input.notes[1].text',
        code: 'LENGTH',
        message: 'input.notes[1].text must be longer than or equal to 1 characters',
      },
    ]);
  });

  it('builds the input class and those nested in it', async () => {
    const input = { commandId: 5, title: 'b', description: { text: 'c', language: null }, when: { sequence: '12' } };
    expect((await ask(record, { input })).data).toEqual({
      record: {
        ...{ class: 'RecordInput', nested: 'SampleText', commandId: '5', title: 'b', subjects: [] },
        ...{ description: { text: 'c', language: null }, when: { sequence: 12 } },
      },
    });
  });

  it.each([
    ['refusal', { code: 'CASE_CLOSED', current: 7 }],
    ['overloaded', { code: 'OVERLOADED' }],
    ['unavailable', { code: 'UNAVAILABLE' }],
    ['unknown', { code: 'UNAVAILABLE', outcomeUnknown: true }],
    ['large', { code: 'LIMIT_EXCEEDED', bytes: 2_000_000, allowed: 1_048_576 }],
  ])('tells %s by its code', async (kind, extensions) => {
    const { data, errors } = await ask(`{ fail(kind: "${kind}") }`);
    expect(data).toEqual({ fail: null });
    expect(errors).toMatchObject([{ path: ['fail'], extensions }]);
    expect(JSON.stringify(errors)).not.toContain('secret');
  });

  it('tells nobody what a parser could not read', async () => {
    const logged = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { errors } = await ask('{ fail(kind: "parse") }');
    const lines = logged.mock.calls.map(([text]) => String(text)).join('');
    logged.mockRestore();
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL' } }]);
    expect(lines).toMatch(/SyntaxError: .*is not valid JSON/);
    expect(lines).not.toContain('secret');
  });

  it.each(['bug', 'text'])('masks what nobody expected (%s), and logs it once under its reference', async (kind) => {
    const logged = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { errors } = await ask(`{ fail(kind: "${kind}") }`);
    const lines = logged.mock.calls.map(([text]) => String(text)).join('');
    logged.mockRestore();
    expect(errors).toMatchObject([
      { path: ['fail'], extensions: { code: 'INTERNAL', reference: expect.any(String) as string } },
    ]);
    expect(JSON.stringify(errors)).not.toContain('secret');
    expect(lines.split('secret').length - 1).toBe(1);
    expect(lines).toContain(errors![0].extensions.reference);
  });

  it('limits pages', async () => {
    for (const first of [0, 101, -1]) {
      const { errors } = await ask('query ($first: Int) { things(first: $first) { nodes { name } } }', { first });
      expect(errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED', argument: 'first', allowed: 100 } }]);
    }
  });

  it('answers a page with its cursors', async () => {
    const { data } = await ask(
      '{ things(first: 2, after: "x") { nodes { name } edges { cursor node { name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }',
    );
    expect(data!.things).toEqual({
      nodes: [{ name: 'thing 0' }, { name: 'thing 1' }],
      edges: [
        { cursor: 'at thing 0', node: { name: 'thing 0' } },
        { cursor: 'at thing 1', node: { name: 'thing 1' } },
      ],
      pageInfo: { hasNextPage: true, hasPreviousPage: true, startCursor: 'at thing 0', endCursor: 'at thing 1' },
    });
  });

  it('carries what the context says in extensions', async () => {
    expect(await ask('{ hello }', undefined, { 'x-trace': 'abc' })).toEqual({
      data: { hello: 'hello world' },
      extensions: { trace: 'abc' },
    });
  });

  it('lets tools introspect', async () => {
    const { data, errors } = await ask(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }));
    expect(errors).toBeUndefined();
    const schema = buildClientSchema(data as unknown as IntrospectionQuery);
    expect(schema.getType('RecordInput')).toBeDefined();
    expect(schema.getType('__Given')).toBeUndefined();
  });

  describe('requests that are none', () => {
    const send = async (init: RequestInit, search = '') => {
      const response = await fetch(sample.url + search, init);
      const { errors } = (await response.json()) as Answer;
      return { status: response.status, code: errors?.[0]?.extensions.code };
    };
    const json = { 'content-type': 'application/json' };

    it.each([
      [
        'a body too large',
        { method: 'POST', headers: json, body: JSON.stringify({ query: ' '.repeat(262_144) }) },
        '',
        413,
        'LIMIT_EXCEEDED',
      ],
      ['a body that is not JSON', { method: 'POST', headers: json, body: '{' }, '', 400, 'VALIDATION_FAILED'],
      ['no query', { method: 'POST', headers: json, body: '{}' }, '', 400, 'VALIDATION_FAILED'],
      [
        'another media type',
        { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' },
        '',
        415,
        'VALIDATION_FAILED',
      ],
      [
        'an answer we cannot give',
        { method: 'POST', headers: { ...json, accept: 'text/html' }, body: '{}' },
        '',
        406,
        'VALIDATION_FAILED',
      ],
      ['another method', { method: 'PUT', headers: json, body: '{}' }, '', 405, 'VALIDATION_FAILED'],
      ['a mutation by GET', {}, '?query=mutation{constant(input:{commandId:"a",title:"b"})}', 405, 'VALIDATION_FAILED'],
      ['a query by GET', {}, '?query={hello}', 405, 'VALIDATION_FAILED'],
      [
        'a subscription',
        { method: 'POST', headers: json, body: '{"query":"subscription{ticks(from:1)}"}' },
        '',
        200,
        'VALIDATION_FAILED',
      ],
      [
        'several at once',
        { method: 'POST', headers: json, body: '[{"query":"{hello}"}]' },
        '',
        400,
        'VALIDATION_FAILED',
      ],
    ])('%s', async (_name, init, search, status, code) => {
      expect(await send(init, search)).toEqual({ status, code });
    });
  });

  it('refuses what is nested too deeply', async () => {
    const deep = '['.repeat(100_000);
    expect((await ask(`{ json(value: ${deep}) }`)).errors).toMatchObject([{ extensions: { code: 'LIMIT_EXCEEDED' } }]);
    let value: unknown = 1;
    for (let i = 0; i < 1_000; i++) value = [value];
    expect(await refusal('query ($v: JSON) { json(value: $v) }', { v: value })).toMatchObject([{ code: 'TOO_DEEP' }]);
  });
});
