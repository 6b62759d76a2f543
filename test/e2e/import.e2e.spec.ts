import { investigation, text } from '../builders/import-lines.js';
import { jsonLines } from '../cli/caseledger.js';
import { Service } from './service.js';

describe('importing', () => {
  let service: Service;

  beforeAll(async () => void (service = await Service.start()));
  afterAll(() => service.stop());

  const post = async (body: string, key?: string, type = 'application/x-ndjson') => {
    const authorization = `Bearer ${key ?? (await service.investigatorKey)}`;
    return fetch(`${service.url}/import`, { method: 'POST', headers: { authorization, 'content-type': type }, body });
  };
  const sent = async (body: string, key?: string): Promise<any[]> => jsonLines(await (await post(body, key)).text());

  it('records each line as its mutation would, in order, and says what came of it', async () => {
    const [one, other] = [investigation('One'), investigation('Other')];
    const mixed = one.flatMap((line, n) => [line, other[n]]);
    const answers = await sent(text(mixed));
    expect(answers.pop()).toEqual({ done: true, recorded: 12, repeated: 0, refused: 0 });
    expect(answers.map(({ line, commandId }) => [line, commandId])).toEqual(
      mixed.map(({ input }, n) => [n + 1, input.commandId]),
    );
    expect(answers[0]).toMatchObject({ caseId: one[0].input.caseId, revision: 0, events: [{ type: 'CaseOpened' }] });
    const again = await sent(text(mixed));
    expect(again.pop()).toEqual({ done: true, recorded: 0, repeated: 12, refused: 0 });
    expect(again.map(({ events }) => events)).toEqual(answers.map(({ events }) => events));
    await service.done('addNote', { caseId: other[0].input.caseId, text: { text: 'By hand.' } });
    const { data } = await service.ask('query ($id: ID!) { case(id: $id) { title notes { nodes { id } } } }', {
      id: other[0].input.caseId,
    });
    expect(data.case).toMatchObject({ title: 'Other', notes: { nodes: { length: 4 } } });
  });

  it('refuses what is wrong line by line, in the words of the mutations', async () => {
    const [open, party, observe] = investigation('Wrong');
    const { caseId } = open.input;
    const stranger = investigation('Not opened')[1];
    const lines: [string, string, string?][] = [
      ['{', 'VALIDATION_FAILED', 'cannot be read as JSON'],
      ['[]', 'VALIDATION_FAILED', 'no object'],
      ['{"command":"openCase","input":{},"more":1}', 'VALIDATION_FAILED', 'more than command and input'],
      ['{"command":"issueKey","input":{}}', 'VALIDATION_FAILED', 'a command on cases or terms'],
      ['{"command":"loadTechniques","input":{}}', 'VALIDATION_FAILED', 'a command on cases or terms'],
      ['{"command":"openCase"}', 'VALIDATION_FAILED', 'input is required'],
      [JSON.stringify({ ...open, input: { ...open.input, kind: 'NONE' } }), 'VALIDATION_FAILED', 'input.kind'],
      [JSON.stringify({ ...open, input: { ...open.input, title: '' } }), 'VALIDATION_FAILED', 'input.title'],
      [JSON.stringify(open), ''],
      [JSON.stringify(observe), 'NOT_FOUND', 'There is no party'],
      [JSON.stringify(stranger), 'NOT_FOUND', 'There is no case'],
      [JSON.stringify({ ...party, input: { ...party.input, name: 'x'.repeat(300_000) } }), 'LIMIT_EXCEEDED', '262144'],
      [JSON.stringify({ ...open, input: { ...open.input, title: 'Else' } }), 'COMMAND_REUSED'],
      [JSON.stringify(party), ''],
    ];
    const answers = await sent(lines.map(([line]) => `${line}\n`).join(''));
    expect(answers.pop()).toEqual({ done: true, recorded: 2, repeated: 0, refused: 12 });
    expect(answers.map(({ error }) => error?.extensions.code ?? '')).toEqual(lines.map(([, code]) => code));
    for (const [n, [, , words = '']] of lines.entries()) expect(answers[n].error?.message ?? '').toContain(words);
    // An import does not wait for the read models; what comes after it does.
    await service.done('addNote', { caseId, text: { text: 'By hand.' } });
    expect((await service.ask('query ($id: ID!) { case(id: $id) { title } }', { id: caseId })).data.case).toEqual({
      title: 'Wrong',
    });
  });

  it('names a line by the commandId that it gives, whatever else is wrong with it', async () => {
    const [{ input }] = investigation('Named');
    const line = (commandId: unknown, more: object = { kind: 'NONE' }) => ({
      command: 'openCase',
      input: { ...input, commandId, ...more },
    });
    const named: [object, string?][] = [
      [line('of a kind that is none'), 'of a kind that is none'],
      [line('without words', { title: '' }), 'without words'],
      [{ ...line('more', {}), more: 1 }, 'more'],
      [{ ...line('unknown', {}), command: 'issueKey' }, 'unknown'],
      [line(17), '17'],
      [line('x'.repeat(200)), 'x'.repeat(200)],
      [line('x'.repeat(201))],
      [line('')],
      [line('half \ud800')],
      [line(['a list'])],
      [{ command: 'openCase', input: null }],
      [[]],
    ];
    const answers = await sent(text(named.map(([one]) => one)));
    expect(answers.pop()).toMatchObject({ done: true, refused: named.length });
    expect(answers.map(({ commandId }) => commandId)).toEqual(named.map(([, commandId]) => commandId));
  });

  it('is under the rights of the key', async () => {
    const lines = text(investigation('Auditor', 0));
    const auditor = await service.keyFor('ada', ['AUDITOR']);
    const codes = (await sent(lines, auditor)).map(({ error }) => error?.extensions.code);
    expect(new Set(codes.slice(0, -1))).toEqual(new Set(['FORBIDDEN', 'NOT_FOUND']));
    expect((await post(lines, 'clk_0_0')).status).toBe(401);
    for (const type of ['text/csv', 'application/json']) {
      const response = await post(lines, undefined, type);
      expect([response.status, await response.text()]).toEqual([
        415,
        expect.stringContaining('Send the commands by POST, as application/x-ndjson'),
      ]);
    }
  });

  it('takes no other method than POST, and says so to whoever has a key', async () => {
    const authorization = `Bearer ${await service.investigatorKey}`;
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']) {
      const { status, headers } = await fetch(`${service.url}/import`, { method, headers: { authorization } });
      expect([method, status, headers.get('allow')]).toEqual([method, 405, 'POST']);
      const keyless = await fetch(`${service.url}/import`, { method });
      expect([keyless.status, keyless.headers.get('allow'), await keyless.text()]).toEqual([401, null, '']);
    }
    const got = await fetch(`${service.url}/import`, { headers: { authorization } });
    expect(await got.json()).toEqual({
      errors: [
        {
          message: expect.stringMatching(/^Send the commands by POST, as application\/x-ndjson, a line each: /),
          extensions: expect.objectContaining({ code: 'VALIDATION_FAILED' }),
        },
      ],
    });
  });
});
