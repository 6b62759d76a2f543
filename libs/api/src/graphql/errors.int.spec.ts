import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql';
import { type Answer, usingSample } from '../../../../test/e2e/sample-under-test.js';

describe('Errors as clients see them', () => {
  const { ask, refusal, url } = usingSample();

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

  it('does not guess what was meant, and does not echo long texts', async () => {
    const { errors } = await ask(`{ helo ${'x'.repeat(10_000)} }`);
    expect(errors![0].message).not.toContain('Did you mean');
    expect(JSON.stringify(errors).length).toBeLessThan(2_000);
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

  it.each(['charset="utf-8"', ' charset="UTF-8"'])(
    'takes a body whose charset stands in quotes: %s',
    async (charset) => {
      const headers = { 'content-type': `application/json;${charset}` };
      expect(await ask('{ hello }', undefined, headers)).toEqual({ data: { hello: 'hello world' } });
    },
  );

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
      const response = await fetch(url() + search, init);
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
