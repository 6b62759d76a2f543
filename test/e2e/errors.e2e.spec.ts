import { randomUUID } from 'node:crypto';
import { GraphqlClient } from '../../apps/cli/src/graphql-client.js';
import { codeOf } from './code-of.js';
import { type Answer } from './api.js';
import { Service } from './service.js';

describe('a request that is wrong', () => {
  let service: Service;
  let caseId: string;
  beforeAll(async () => {
    service = await Service.start();
    caseId = (await service.done('openCase', { title: 'A case', kind: 'CASE' })).case.id as string;
  });
  afterAll(() => service.stop());

  const JSON_TYPE = { 'content-type': 'application/json' };
  const send = async (init: RequestInit, search = '') => {
    const headers = {
      authorization: `Bearer ${await service.investigatorKey}`,
      ...(init.headers as Record<string, string>),
    };
    const response = await fetch(`${service.url}/graphql${search}`, { ...init, headers });
    return { status: response.status, answer: (await response.json()) as Answer };
  };
  const post = (body: unknown) => send({ method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) });
  const note = (input: object = {}) => ({ commandId: randomUUID(), caseId, text: { text: 'x' }, ...input });
  const ADD = 'mutation Add($input: AddNoteInput!) { addNote(input: $input) { revision } }';

  it.each<[what: string, init: () => RequestInit, search: () => string, status: number, code: string]>([
    [
      'too large',
      () => ({
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify({ query: ADD, variables: { input: note(), more: 'x'.repeat(262_144) } }),
      }),
      () => '',
      413,
      'LIMIT_EXCEEDED',
    ],
    [
      'not JSON',
      () => ({ method: 'POST', headers: JSON_TYPE, body: `{"query": ${ADD}}` }),
      () => '',
      400,
      'VALIDATION_FAILED',
    ],
    [
      'cut off',
      () => ({ method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ query: ADD }).slice(0, -1) }),
      () => '',
      400,
      'VALIDATION_FAILED',
    ],
    ['empty', () => ({ method: 'POST', headers: JSON_TYPE, body: '' }), () => '', 400, 'VALIDATION_FAILED'],
    [
      'a list',
      () => ({ method: 'POST', headers: JSON_TYPE, body: JSON.stringify([{ query: '{ __typename }' }]) }),
      () => '',
      400,
      'VALIDATION_FAILED',
    ],
    [
      'of another type',
      () => ({ method: 'POST', headers: { 'content-type': 'text/plain' }, body: JSON.stringify({ query: ADD }) }),
      () => '',
      415,
      'VALIDATION_FAILED',
    ],
    [
      'a form',
      () => ({ method: 'POST', body: new URLSearchParams({ query: ADD }) }),
      () => '',
      415,
      'VALIDATION_FAILED',
    ],
    [
      'a mutation by GET',
      () => ({}),
      () => `?${new URLSearchParams({ query: ADD, variables: JSON.stringify({ input: note() }) }).toString()}`,
      405,
      'VALIDATION_FAILED',
    ],
    ['by another method', () => ({ method: 'DELETE' }), () => '', 405, 'VALIDATION_FAILED'],
    ['a GET without a query', () => ({}), () => '', 405, 'VALIDATION_FAILED'],
    [
      'with variables that are none',
      () => ({ method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ query: ADD, variables: 'none' }) }),
      () => '',
      400,
      'VALIDATION_FAILED',
    ],
  ])('is answered by its status and code, and nothing is recorded: %s', async (_what, init, search, status, code) => {
    const before = service.recorded();
    const { status: answered, answer } = await send(init(), search());
    expect({ status: answered, code: codeOf(answer), data: answer.data }).toEqual({ status, code, data: undefined });
    expect(answer.errors![0].message).toMatch(/\S\.$/);
    expect(service.recorded()).toBe(before);
    expect((await service.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  });

  it.each([
    ['an operation that is not there', `${ADD} query Q { __typename }`, 'None', 'UNKNOWN_OPERATION'],
    ['none of several', `${ADD} query Q { __typename }`, undefined, 'UNKNOWN_OPERATION'],
    ['another than the only one', ADD, 'Other', 'UNKNOWN_OPERATION'],
    ['two of one name', `${ADD} ${ADD}`, 'Add', 'DOCUMENT'],
  ])('naming %s runs none', async (_what, query, operationName, violation) => {
    const before = service.recorded();
    const { answer } = await post({ query, operationName, variables: { input: note() } });
    expect(codeOf(answer)).toBe('VALIDATION_FAILED');
    expect(answer.errors![0].extensions.violations[0].code).toBe(violation);
    expect(service.recorded()).toBe(before);
  });

  it('runs the operation that is named, and no other', async () => {
    const before = service.recorded();
    const query = `${ADD} query Q { __typename } mutation Other { __typename }`;
    const { answer } = await post({ query, operationName: 'Q' });
    expect(answer.data).toEqual({ __typename: 'Query' });
    expect(service.recorded()).toBe(before);
    await post({ query, operationName: 'Add', variables: { input: note() } });
    expect(service.recorded()).toBe(before + 1);
  });

  it('in one of several commands leaves those before it recorded, and carries out none behind it twice', async () => {
    const before = service.recorded();
    const query = `mutation ($a: AddNoteInput!, $b: AddNoteInput!, $c: AddNoteInput!) {
      a: addNote(input: $a) { revision } b: addNote(input: $b) { revision } c: addNote(input: $c) { revision } }`;
    const variables = { a: note(), b: note({ about: [randomUUID()] }), c: note() };
    const first = await service.ask(query, variables);
    expect(first.errors!.map(({ path, extensions }) => [path, extensions.code])).toEqual([[['b'], 'NOT_FOUND']]);
    const recorded = service.recorded();
    expect(recorded).toBeGreaterThan(before);
    const again = await service.ask(query, { ...variables, b: note() });
    expect(again.errors).toBeUndefined();
    expect(service.recorded()).toBe(before + 3);
    expect(again.data.a.revision).toBeLessThan(again.data.b.revision);
  });

  it('and too large to run is LIMIT_EXCEEDED: fields, depth, words, a page', async () => {
    const many = `{ ${Array.from({ length: 2001 }, (_, n) => `f${n}: __typename`).join(' ')} }`;
    const deep = `{ __schema { types { ${'ofType { '.repeat(60)} name ${'} '.repeat(60)} } } }`;
    const words = `{ ${'__typename '.repeat(20_001)} }`;
    const bomb = `{ ...a } fragment a on Query { ...b ...b } ${'bcdefghijkl'
      .split('')
      .map(
        (name, n) =>
          `fragment ${name} on Query { ${n < 10 ? `...${'cdefghijkl'[n]} ...${'cdefghijkl'[n]}` : '__typename'} }`,
      )
      .join(' ')}`;
    for (const query of [many, deep, words, bomb]) {
      const answer = await service.ask(query);
      expect(codeOf(answer)).toBe('LIMIT_EXCEEDED');
      expect(answer.errors![0].message).toMatch(/\.$/);
    }
    expect(codeOf(await service.ask('{ cases(first: 1000) { nodes { id } } }'))).toBe('LIMIT_EXCEEDED');
  });

  it('without a live key is UNAUTHENTICATED: 401 and not a byte', async () => {
    const stranger = `clk_${'0'.repeat(16)}_${'0'.repeat(64)}`;
    const request = new GraphqlClient(service.url, stranger).request('{ __typename }');
    await expect(request).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const { status, headers } = await fetch(`${service.url}/graphql?query={__typename}`);
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="caseledger"']);
  });

  it('asks for a case in exactly one way', async () => {
    for (const args of ['', '(id: null)', `(id: "${caseId}", number: "CASE-2025-0001")`]) {
      const answer = await service.ask(`{ case${args} { id } }`);
      expect(codeOf(answer)).toBe('VALIDATION_FAILED');
      expect(answer.errors![0].extensions.violations).toMatchObject([{ code: 'ONE_OF' }]);
    }
    for (const args of [`(id: "${randomUUID()}")`, '(id: "no id")', '(number: "CASE-1999-0001")']) {
      expect((await service.ask(`{ case${args} { id } }`)).data).toEqual({ case: null });
    }
  });

  it('is never INTERNAL, and leaves nothing in the server’s own log', () => {
    expect(service.errors).toBe('');
  });
});
