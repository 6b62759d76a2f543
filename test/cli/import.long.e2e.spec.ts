import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { investigation, text } from '../builders/import-lines.js';
import { Service } from '../e2e/service.js';
import { caseledger, jsonLines } from './caseledger.js';

describe('importing a file at the command line', () => {
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

  const run = async (args: string[], key?: string) =>
    caseledger(['import', ...args], {
      CASELEDGER_URL: service.url,
      CASELEDGER_KEY: key ?? (await service.investigatorKey),
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
