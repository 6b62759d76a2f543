import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { Service } from '../e2e/service.js';
import { caseledger, jsonLines, type Ran, start } from './caseledger.js';

describe('caseledger replay', () => {
  let service: Service;
  let caseId: string;

  beforeAll(async () => {
    service = await Service.start();
    caseId = (await service.done('openCase', { title: 'Read and replayed', kind: 'CASE' })).case.id as string;
    for (let n = 0; n < 20; n++) await service.done('addNote', { caseId, text: { text: `Note ${n}` } });
  });
  afterAll(() => service.stop());

  const replay = (...more: string[]): Promise<Ran> => caseledger(['replay', ...more], { DATA_DIR: service.folder });
  const store = async () => {
    const names = (await readdir(service.folder)).filter((name) => /^read-.*\.sqlite$/.test(name));
    expect(names).toHaveLength(1);
    return join(service.folder, names[0]);
  };

  it('finds no difference while the server records', async () => {
    let recording = true;
    const recorded = (async () => {
      while (recording) await service.done('addNote', { caseId, text: { text: 'Meanwhile' } });
    })();
    const { code, output } = await replay();
    recording = false;
    await recorded;
    expect([code, output]).toEqual([0, expect.stringMatching(/^No difference: [\d,]+ rows at sequence \d+\.\n$/)]);
    expect((await readdir(service.folder)).filter((name) => name.startsWith('replay-'))).toEqual([]);
  }, 120_000);

  it('refuses a setting of TLS that would be passed over, as the server does', async () => {
    const READ_STORE = 'postgres://u:secret@127.0.0.1:1/x?SSLMODE=require';
    expect(await caseledger(['replay'], { DATA_DIR: service.folder, READ_STORE })).toEqual({
      ...{ code: 1, output: '' },
      errors:
        'READ_STORE is postgres://u:…@127.0.0.1:1/x?SSLMODE=require; allowed is no setting of TLS but ssl, sslmode, sslcert, sslkey, sslrootcert and sslnegotiation, in small letters.\n',
    });
  });

  it('names what was changed, added or taken away by hand', async () => {
    await service.halt();
    const file = await store();
    const db = new DatabaseSync(file);
    const ids = db.prepare(`SELECT v, id FROM notes WHERE json_extract(data, '$.text.text') LIKE 'Note %' ORDER BY v`);
    const [changed, taken] = ids.all() as { v: number; id: string }[];
    db.exec(`UPDATE notes SET data = replace(data, 'Note 0', 'Note no more') WHERE v = ${changed.v};
      DELETE FROM notes WHERE v = ${taken.v}; INSERT INTO streams (key, name) VALUES (1, 'case-of-nobody')`);
    db.close();
    const { code, output, errors } = await replay();
    expect(code).toBe(1);
    expect(output.split('\n')).toEqual([
      `notes ${changed.v} (id ${changed.id})`,
      expect.stringMatching(/^ {2}text: \{.*"Note no more"\} in the read store, \{.*$/),
      `notes ${taken.v} (id ${taken.id}): only rebuilt from the log`,
      'streams 1: only in the read store',
      '',
    ]);
    expect(errors).toContain(`3 rows differ at sequence`);
    expect(errors).toContain(`delete ${file}`);
    const unread = start(['replay'], { DATA_DIR: service.folder });
    unread.leave();
    expect(await unread.ended).toMatchObject({ code: 1 });
    const listed = await replay('--json', '--list', '1');
    expect(jsonLines(listed.output)).toEqual([
      {
        table: 'notes',
        key: [changed.v],
        id: changed.id,
        only: null,
        fields: [expect.objectContaining({ field: 'text' })],
      },
      expect.objectContaining({ different: 3, refused: null }),
    ]);
  }, 120_000);

  it('advises nobody to delete what shows that the log lacks something', async () => {
    const log = new DatabaseSync(join(service.folder, 'log.sqlite'));
    log.exec('DELETE FROM events WHERE sequence > 20');
    log.close();
    const { code, output, errors } = await replay();
    expect([code, output]).toEqual([1, '']);
    expect(errors).toMatch(
      /^The log is older than what was recorded: \S+\.sqlite has seen sequence \d+, and the log ends at 20\. Put the newer log back, and keep the read store/,
    );
    expect(errors).not.toContain('delete');
  }, 60_000);

  it('says so where there is no log, and no store of this software', async () => {
    const nowhere = await caseledger(['replay'], { DATA_DIR: join(service.folder, 'nowhere') });
    expect(nowhere).toMatchObject({ code: 1, output: '' });
    expect(nowhere.errors).toContain('nowhere');
    const noFolder = await caseledger(['replay'], { DATA_DIR: '/nowhere', EVENT_LOG: 'esdb://127.0.0.1:9?tls=false' });
    expect(noFolder).toEqual({
      code: 1,
      output: '',
      errors: expect.stringMatching(/^There is no folder \/nowhere: .+\n$/),
    });
  });
});
