import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { makeExampleLog } from '../builders/example-log.js';
import { caseledger } from '../cli/caseledger.js';

describe('caseledger verify', () => {
  let folder: string;
  let file: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'caseledger-verify-'));
    file = join(folder, 'log.sqlite');
    await makeExampleLog(file);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function altered(name: string, sql: string): string {
    const copy = join(folder, name);
    copyFileSync(file, copy);
    const db = new DatabaseSync(copy);
    db.exec(`PRAGMA journal_mode = DELETE; ${sql}`);
    db.close();
    return copy;
  }

  it('exits 0, 1, 2, 3 and 64, and names the first bad event', async () => {
    const noLog = join(folder, 'none.sqlite');
    writeFileSync(noLog, 'no log');
    const byte = altered(
      'byte.sqlite',
      `UPDATE events SET payload = replace(payload, 'that.', 'thus.') WHERE sequence = 30`,
    );
    const gap = altered('gap.sqlite', 'DELETE FROM events WHERE sequence = 30');
    const [sound, alteredLog, gapped, unreadable, wrong, json] = await Promise.all([
      caseledger(['verify'], { DATA_DIR: folder }),
      caseledger(['verify', byte]),
      caseledger(['verify', gap]),
      caseledger(['verify', noLog]),
      caseledger(['verify', file, '--head', '12:abc']),
      caseledger(['verify', folder, '--json']),
    ]);
    expect([sound, alteredLog, gapped, unreadable, wrong].map(({ code }) => code)).toEqual([0, 1, 2, 3, 64]);
    // What may not be looked into has not been altered.
    expect((await caseledger(['verify', join(noLog, 'log.sqlite')])).code).toBe(3);
    expect(sound.output).toMatch(/^head {4}61:[0-9a-f]{64}$/m);
    expect(sound.output).toMatch(/\nSOUND\n$/);
    expect(alteredLog.output).toMatch(
      /ALTERED\n {2}Event 30 \(\w+, id [0-9a-f-]{36}, revision \d+ of\s+case-[0-9a-f-]{36}\): its content\s+does not match its hash\.\n$/,
    );
    expect(gapped.output).toMatch(/MISSING\n {2}At 30: there is no event 30\.\n/);
    expect(unreadable).toMatchObject({ output: '', errors: expect.stringMatching(/is not an event log/) });
    const found = JSON.parse(json.output);
    expect(found).toMatchObject({ verdict: 'SOUND', events: 61, head: { sequence: 61 }, first: null });

    const head = `61:${found.head.digest}`;
    const cut = altered('cut.sqlite', 'DELETE FROM events WHERE sequence > 60');
    const [without, given] = await Promise.all([
      caseledger(['verify', cut]),
      caseledger(['verify', cut, '--head', head]),
    ]);
    expect([without.code, given.code]).toEqual([0, 2]);
    expect(given.output).toContain('the log ends at 60, before 61');
  });
});
