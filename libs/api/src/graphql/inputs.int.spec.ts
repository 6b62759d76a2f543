import { usingSample } from '../../../../test/e2e/sample-under-test.js';

describe('Errors as clients see them', () => {
  const { ask, refusal } = usingSample();
  const record = 'mutation ($input: RecordInput!) { record(input: $input) }';

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
});
