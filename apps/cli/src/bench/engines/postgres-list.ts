import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';
import { type Benchmark } from '../benchmark.js';
import { history } from '../history/history.js';
import { CALLERS, LIST } from '../list-20.js';
import { graphqlBody } from '../load/load.js';
import { type MeasuredServer } from '../measured-server.js';
import { inTurns, resultOf, type Side } from '../rounds.js';
import { newDatabase, postgres } from './engines.js';

/** The list of `list.20` out of PostgreSQL, beside the embedded read models of the same log. */
export const postgresList: Benchmark = {
  name: 'postgres.list',
  run: async (bench) => {
    const { preset, servers } = bench;
    const past = await history(bench);
    const engine = await postgres(bench);
    const folder = await bench.folder('postgres-list');
    await copyFile(join(past.folder, LOG_FILE), join(folder, LOG_FILE));
    const scaled = await servers.over(folder, { READ_STORE: await newDatabase(engine) });
    const embedded = await servers.over(past.folder);
    await sameList(scaled, embedded);
    const ask = async ({ url, key }: MeasuredServer, callers: number, seconds: number) =>
      servers.load.runWell({ url, key, callers, seconds, body: graphqlBody(LIST), expected: '"nodes":[{"id"' });
    for (const server of [scaled, embedded]) await ask(server, CALLERS, preset.seconds * 2);
    const sides = await inTurns(
      async (): Promise<Side> => {
        const { rate } = await ask(scaled, CALLERS, preset.seconds);
        const { p50, p99 } = await ask(scaled, 1, preset.seconds / 2);
        return { value: rate, p50, p99 };
      },
      async (): Promise<Side> => ({ value: (await ask(embedded, CALLERS, preset.seconds)).rate }),
    );
    const about = {
      name: 'postgres.list',
      unit: 'requests/s',
      target: '>= 0.5 of the embedded read models',
      note: `${CALLERS} callers, p50 and p99 those of a single one; on ${engine.name}`,
    };
    return resultOf(about, sides, ({ ratio }) => ratio! >= 0.5);
  },
};

/** Resolves when both answer the same, the read models in PostgreSQL being built by then. */
async function sameList(scaled: MeasuredServer, embedded: MeasuredServer): Promise<void> {
  const expected = JSON.stringify(await embedded.client.request(LIST));
  for (let answer = ''; answer !== expected;) {
    answer = JSON.stringify(await scaled.client.request(LIST).catch(() => null));
  }
}
