import { replay } from '#read-models/postgres/replay.js';
import { connect } from '#read-models/postgres/connection.js';
import { projections as group, registry } from '../contracts/fixtures/read-store-projections.mjs';
import { run } from './a-postgres.js';
import { inADatabase, projections } from './in-a-database.js';

await inADatabase((here) => {
  const { current, open } = here;
  const replayed = () => {
    const { url, log } = here;
    return replay({ url, log: { file: log.file }, group, registry, projections });
  };
  const schemas = async () =>
    run(here.url, `SELECT nspname::text AS name FROM pg_namespace WHERE starts_with(nspname, 'caseledger_replay')`);

  it('are replayed once at a time: who comes second leaves what the first has made', async () => {
    here.running = await open();
    await current();
    const first = await connect(here.url);
    try {
      await first.query('SELECT pg_advisory_lock($1, 3)', [0x4352444d]);
      await first.query('CREATE SCHEMA caseledger_replay_first');
      await expect(replayed()).rejects.toThrow('The read models are being replayed already: wait for its end.');
      expect(await schemas()).toEqual([{ name: 'caseledger_replay_first' }]);
    } finally {
      await first.end();
    }
    // What a replay that was killed has left goes with the next.
    expect(await replayed()).toMatchObject({ different: 0, refused: null });
    expect(await schemas()).toEqual([]);
  });
});
