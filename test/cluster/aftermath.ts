import { setTimeout as delay } from 'node:timers/promises';
import { projections } from '#investigation/projections.js';
import { projectionsModule } from '#investigation/projections-address.js';
import { buildStore } from '#read-models/postgres/build.js';
import { type StoredEvent } from '#event-sourcing/log/event-log.js';
import { expectChain } from '../builders/chain.js';
import { all, idsOf } from '../contracts/event-log.events.js';
import { run } from '../postgres/a-postgres.js';
import { rowsIn } from '../postgres/rows-in.js';
import { type World } from './world.js';

/** Nothing that was acknowledged is lost or doubled; what follows, and what is read, is what the log makes of it. */
export async function checkAftermath(world: World): Promise<void> {
  await untilSettled(world);
  const stored = await all(world.reader.readAll());
  checkCommands(world, stored);
  const streams = new Map<string, StoredEvent[]>();
  for (const event of stored) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
  for (const events of streams.values()) expectChain(events);
  await world.follow.until(stored.at(-1)!.id);
  const { seen } = world.follow;
  expect(seen.map(({ sequence }) => sequence).slice(0, stored.length)).toEqual(stored.map((_, n) => n + 1));
  expect(idsOf(seen).slice(0, stored.length)).toEqual(idsOf(stored));
  await checkReadModels(world);
}

/** Each command that was acknowledged stands in the log once, as it was answered; no event stands there twice. */
function checkCommands({ journal }: World, stored: readonly StoredEvent[]): void {
  expect(new Set(idsOf(stored)).size).toBe(stored.length);
  const byCommand = new Map<string, StoredEvent[]>();
  for (const event of stored) {
    if (!event.stream.startsWith('case-') || event.commandId === null) continue;
    byCommand.set(event.commandId, [...(byCommand.get(event.commandId) ?? []), event]);
  }
  const wrong = journal.acknowledged.filter(({ input, answer }) => {
    const events = byCommand.get(input.commandId) ?? [];
    const isSame = JSON.stringify(idsOf(events)) === JSON.stringify(idsOf(answer.events));
    return !isSame || events.at(-1)?.revision !== answer.revision;
  });
  expect(wrong).toEqual([]);
  expect(journal.unacknowledged).toEqual([]);
}

/** Resolves when the read models show all that the log holds. */
async function untilSettled({ reader, database }: World): Promise<void> {
  while ((await checkpoint(database)) < (await reader.head()).sequence) await delay(50);
}

/** Row by row the same as those that are built anew from the log, up to where they stand. */
async function checkReadModels({ reader, database, postgres }: World): Promise<void> {
  const schema = await served(database);
  let [sequence, rows]: [number, string[]] = [-1, []];
  // Not while they move on.
  while (sequence !== (await checkpoint(database))) {
    sequence = await checkpoint(database);
    rows = await rowsIn(database, schema);
  }
  const anew = new URL(database);
  anew.pathname += '_anew';
  const name = anew.pathname.slice(1);
  await run(postgres.url, `CREATE DATABASE ${name}`);
  try {
    const [logId, log] = [await reader.identity(), reader.readerHandle()];
    const from = { url: anew.href, logId, log, projections: projectionsModule().href, until: sequence };
    await buildStore({ ...from, schema }, {});
    expect(await rowsIn(anew.href, schema)).toEqual(rows);
  } finally {
    await run(postgres.url, `DROP DATABASE ${name} WITH (FORCE)`);
  }
}

async function checkpoint(database: string): Promise<number> {
  const [{ sequence }] = await run(database, `SELECT sequence FROM ${await served(database)}.checkpoint`);
  return Number(sequence);
}

/** The store that the writing server serves. */
async function served(database: string): Promise<string> {
  const [{ published }] = await run(database, 'SELECT published FROM caseledger.stores');
  const { served: schema } = JSON.parse(published as string) as { served: string | null };
  return schema ?? `caseledger_read_${projections.version}`;
}
