import pg from 'pg';
import { type Action, askWriter, Steering } from '#read-models/postgres/steering.js';
import { until } from '../crash/until.js';
import { aPostgres, run } from './a-postgres.js';

/** In milliseconds. */
const PATIENCE = 1_500;
const TOLD = { served: null, status: { state: 'live' } } as Awaited<ReturnType<typeof askWriter>>;

/** One that has made its table already. */
async function listening(
  url: string,
  carryOut: ConstructorParameters<typeof Steering>[1] = () => Promise.resolve(TOLD),
): Promise<Steering> {
  await run(url, 'CREATE SCHEMA caseledger');
  const steering = new Steering(url, carryOut, PATIENCE);
  await until('it listens', async () => {
    const [{ table }] = await run(url, `SELECT to_regclass('caseledger.steering') AS table`);
    return table ?? undefined;
  });
  return steering;
}

const postgres = await aPostgres();
(postgres ? describe : describe.skip)('what others ask the server that writes to do', () => {
  afterAll(() => postgres!.end());

  it('holds up neither what is asked next nor the end, however long it takes', async () => {
    const url = await postgres!.database();
    const begun: Action[] = [];
    const steering = await listening(url, (action) => {
      begun.push(action);
      return action === 'rollBack' ? new Promise(() => undefined) : Promise.resolve(TOLD);
    });
    await expect(askWriter(url, 'rollBack', PATIENCE)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await askWriter(url, 'switchOver')).toMatchObject({ status: { state: 'live' } });
    const last = askWriter(url, 'rollBack', PATIENCE).catch((error: unknown) => error);
    await until('it is begun', () => begun.length === 3 || undefined);
    await steering.end();
    expect(begun).toEqual(['rollBack', 'switchOver', 'rollBack']);
    expect(await last).toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('may still be done where the connection is lost before the answer comes', async () => {
    const url = await postgres!.database();
    let begun = false;
    const steering = await listening(url, () => ((begun = true), new Promise(() => undefined)));
    const asked = askWriter(url, 'rollBack').catch((error: unknown) => error);
    await until('it is begun', () => begun || undefined);
    await until('the one that waits is cut off', async () => {
      const [{ ended }] = await run(
        url,
        `SELECT count(pg_terminate_backend(pid))::int AS ended FROM pg_stat_activity
          WHERE datname = current_database() AND query LIKE 'DELETE FROM caseledger.steering WHERE id = $1 AND%'`,
      );
      return ended || undefined;
    });
    expect(await asked).toMatchObject({ code: 'UNAVAILABLE', details: { outcomeUnknown: true } });
    await steering.end();
  });

  it('is told as it was answered, though at the last moment', async () => {
    const url = await postgres!.database();
    await listening(url).then((steering) => steering.end());
    const asked = askWriter(url, 'pause', 2 * PATIENCE).catch((error: unknown) => error);
    await until('it stands there', async () => (await run(url, 'SELECT 1 FROM caseledger.steering'))[0]);
    const told = { served: 'one', status: { state: 'paused' } };
    const client = new pg.Client(url);
    await client.connect();
    // Answered, which nobody sees before it is committed: when it is given up.
    await client.query('BEGIN');
    await client.query('UPDATE caseledger.steering SET answer = $1', [JSON.stringify({ told })]);
    await until('it is given up', async () => {
      const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      return (await run(url, waiting))[0];
    });
    await client.query('COMMIT');
    await client.end();
    expect(await asked).toEqual(told);
    expect(await run(url, 'SELECT 1 FROM caseledger.steering')).toEqual([]);
  });

  it('is not begun for somebody who was told that nobody has answered, as it had to wait', async () => {
    const url = await postgres!.database();
    await listening(url).then((steering) => steering.end());
    const stand = async (count: number) => (await run(url, 'SELECT 1 FROM caseledger.steering')).length === count;
    const asked: Promise<unknown>[] = [];
    for (const action of ['rollBack', 'pause'] as const) {
      asked.push(askWriter(url, action, 2 * PATIENCE).catch((error: unknown) => error));
      await until('it stands there', async () => (await stand(asked.length)) || undefined);
    }
    // Begun after both were asked, and waited for until both are given up.
    const begun: Action[] = [];
    const steering = new Steering(
      url,
      (action) => (begun.push(action), action === 'resume' ? Promise.resolve(TOLD) : new Promise(() => undefined)),
      2 * PATIENCE,
    );
    expect(await Promise.all(asked)).toMatchObject(asked.map(() => ({ code: 'UNAVAILABLE' })));
    expect(await askWriter(url, 'resume')).toMatchObject({ status: { state: 'live' } });
    expect(begun).toEqual(['rollBack', 'resume']);
    await steering.end();
  });

  it('does not stay for ever where its answer finds nobody any more', async () => {
    const url = await postgres!.database();
    const steering = await listening(url, () => Promise.resolve(TOLD));
    await run(url, `INSERT INTO caseledger.steering (id, action) VALUES (gen_random_uuid(), 'pause')`);
    await until('it is answered', async () => {
      const [row] = await run(url, 'SELECT 1 FROM caseledger.steering WHERE answer IS NOT NULL');
      return row;
    });
    await until('it is gone', async () => {
      const [row] = await run(url, 'SELECT 1 FROM caseledger.steering');
      return row ? undefined : true;
    });
    await steering.end();
  });

  it('is refused while the database cannot be reached', () =>
    expect(askWriter('postgres://nobody@127.0.0.1:1/nowhere', 'pause')).rejects.toMatchObject({ code: 'UNAVAILABLE' }));
});
