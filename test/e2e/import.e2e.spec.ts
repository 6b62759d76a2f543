import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { caseledger, jsonLines } from '../cli/caseledger.js';
import { Service } from './service.js';

interface Line {
  command: string;
  input: Record<string, unknown>;
}

/** A case with a party, an observation that names it and some notes: in this order alone they can be recorded. */
function investigation(name: string, notes = 3): Line[] {
  const [caseId, partyId] = [randomUUID(), randomUUID()];
  const line = (command: string, input: object): Line => ({ command, input: { commandId: randomUUID(), ...input } });
  return [
    line('openCase', { caseId, title: name, kind: 'CASE', occurredAt: '2024-23' }),
    line('addParty', { caseId, partyId, partyKind: 'ORGANISATION', name }),
    line('observeSuspiciousActivity', {
      ...{ caseId, description: { text: 'Data left.' }, subjects: [partyId] },
      source: { assertedBy: partyId, grade: 'B2' },
    }),
    ...Array.from({ length: notes }, (_, n) => line('addNote', { caseId, text: { text: `Note ${n}` } })),
  ];
}

const text = (lines: readonly unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');

describe('importing', () => {
  let service: Service;
  let folder: string;

  beforeAll(async () => {
    service = await Service.start();
    folder = await mkdtemp(join(tmpdir(), 'caseledger-import-'));
  });
  afterAll(async () => {
    await service.stop();
    await rm(folder, { recursive: true });
  });

  const post = async (body: string, key?: string, type = 'application/x-ndjson') => {
    const authorization = `Bearer ${key ?? (await service.investigatorKey)}`;
    return fetch(`${service.url}/import`, { method: 'POST', headers: { authorization, 'content-type': type }, body });
  };
  const sent = async (body: string, key?: string): Promise<any[]> => jsonLines(await (await post(body, key)).text());
  const run = async (args: string[], key?: string) =>
    caseledger(['import', ...args], {
      CASELEDGER_URL: service.url,
      CASELEDGER_KEY: key ?? (await service.investigatorKey),
    });

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

  it('refuses a line of a file that is not in UTF-8, and records none of its words', async () => {
    const file = join(folder, 'latin.ndjson');
    const [open] = investigation('Müller & Söhne', 0);
    await writeFile(file, Buffer.concat([Buffer.from(`${JSON.stringify(open)}\r\n`, 'latin1'), Buffer.from('\n')]));
    const { code, output } = await run([file, '--json']);
    expect({ code, told: jsonLines(output)[0] }).toMatchObject({ code: 1, told: { recorded: 0 } });
    const [refused] = jsonLines(await readFile(`${file}.refused`, 'utf8'));
    expect(refused).toMatchObject({ line: 1, code: 'VALIDATION_FAILED', reason: 'The line is not in UTF-8.' });
  });

  it('goes on where it stopped, and keeps the refused lines with code and reason', async () => {
    const file = join(folder, 'past.ndjson');
    const lines = investigation('From a file', 4_500);
    lines[4_000].input.caseId = randomUUID();
    await writeFile(file, text(lines));
    const key = await service.keyFor('past');
    const first = await run([file, '--json'], key);
    expect(jsonLines(first.output)).toEqual([
      { lines: 4_503, recorded: 4_502, repeated: 0, refused: 1, refusedFile: `${file}.refused` },
    ]);
    expect(first.code).toBe(1);
    const [refused] = jsonLines(await readFile(`${file}.refused`, 'utf8'));
    expect(refused).toEqual({
      ...{
        line: 4_001,
        commandId: lines[4_000].input.commandId,
        code: 'NOT_FOUND',
        reason: expect.stringContaining('There is no case'),
      },
      given: JSON.stringify(lines[4_000]),
    });
    expect(existsSync(`${file}.place`)).toBe(false);
    // As if it had been stopped behind its first two thousand lines: they are not sent again.
    await writeFile(`${file}.place`, JSON.stringify(await placeBehind(file, 2_000)));
    const second = await run([file], key);
    expect(second.output).toBe(`4,503 lines: 0 recorded, 2,502 recorded before, 1 refused: see ${file}.refused\n`);
  });

  it('names in the reason of a refused line all that is wrong with it', async () => {
    const file = join(folder, 'wrong.ndjson');
    await writeFile(file, text([{ command: 'openCase', input: { commandId: 'wrong', kind: 'NONE' } }]));
    expect((await run([file])).code).toBe(1);
    const [{ reason, violations }] = jsonLines(await readFile(`${file}.refused`, 'utf8'));
    expect(violations).toHaveLength(2);
    expect(reason).toBe(violations.map(({ message }: { message: string }) => message).join(' '));
    expect(reason).toMatch(/input\.title is required.* input\.kind must be one of/);
  });

  it('never writes over the file itself, nor takes what cannot be read twice', async () => {
    const file = join(folder, 'precious.ndjson');
    const lines = text(investigation('Precious', 1));
    await writeFile(file, lines);
    const same = await run([file, '--refused', join(folder, '.', 'precious.ndjson')]);
    expect([same.code, same.errors]).toEqual([1, expect.stringContaining('is the file to import')]);
    expect(await readFile(file, 'utf8')).toBe(lines);
    const pipe = await run(['/dev/null']);
    expect([pipe.code, pipe.errors]).toEqual([1, expect.stringContaining('/dev/null is no file')]);
    // What an earlier import left is there until this one has something to put in its place.
    await writeFile(`${file}.refused`, 'to be mended');
    expect((await run([file], 'clk_0_0')).code).toBe(1);
    expect(await readFile(`${file}.refused`, 'utf8')).toBe('to be mended');
    expect((await run([file])).code).toBe(0);
    expect(existsSync(`${file}.refused`)).toBe(false);
  });

  it('says what is wrong in a sentence', async () => {
    const missing = await run([join(folder, 'none.ndjson')]);
    expect([missing.code, missing.errors]).toEqual([
      1,
      expect.stringMatching(/none\.ndjson cannot be read \(ENOENT\).+\n$/),
    ]);
    const file = join(folder, 'one.ndjson');
    await writeFile(file, text(investigation('No key')));
    const unknown = await run([file], 'clk_0_0');
    expect(unknown.errors).toMatch(
      /does not know the key in CASELEDGER_KEY: .+ Stopped at line 1 of 6: give the same command again.+\n$/,
    );
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

  it('records nothing where the refused lines could not be written', async () => {
    const file = join(folder, 'kept.ndjson');
    await writeFile(file, text(investigation('Kept back')));
    const before = service.recorded();
    for (const refused of [join(folder, 'none', 'refused'), folder]) {
      expect(await run([file, '--refused', refused])).toEqual({
        code: 1,
        output: '',
        errors: expect.stringMatching(
          new RegExp(
            `^${refused} cannot be written \\(E(NOENT|ISDIR)\\): name a file that can be, with --refused\\.\n$`,
          ),
        ),
      });
    }
    expect(service.recorded()).toBe(before);
    const good = join(folder, 'refused');
    expect((await run([file, '--refused', good])).code).toBe(0);
    expect(existsSync(good)).toBe(false);
  });

  async function placeBehind(file: string, line: number) {
    const { batchesOf } = await import('../../apps/cli/src/importing/batches.js');
    for await (const { digest } of batchesOf(file)) {
      return { url: service.url, line, digest, recorded: 0, repeated: 0, refused: 0 };
    }
    throw new Error('The file is empty.');
  }
});
