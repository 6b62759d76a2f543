import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type StoredEvent } from '#event-sourcing/log/event-log.js';
import { openSqliteLogReader } from '#event-sourcing/log/sqlite/reader.js';
import { LOG_FILE } from '#event-sourcing/log/sqlite/log-file.js';
import { createClient } from 'graphql-ws';
import { inFolder } from '../crash/folder.js';
import { Life } from '../crash/life.js';
import { Random } from '../crash/random.js';
import { until } from '../crash/until.js';
import { type Followed, type Following, Queue, type Wanted } from './followed.js';
import { followPolling } from './polling.js';
import { Proxy } from './proxy.js';
import { BEFORE_RETRY, Resuming } from './resuming.js';
import { followSse } from './sse.js';
import { followWebSocket, QuietWebSocket, SUBSCRIPTION } from './web-socket.js';

/** How often somebody is cut off in all: `npm run test:follow -- --cuts 1000`. */
const CUTS = Number(process.env.FOLLOW_CUTS ?? 25);
/** One cut of so many kills the server: its next start takes longer than all the others. */
const SERVER_KILLS = 16;
/** One of so many that are left resets a connection; the others kill a client. */
const RESETS = 3;
/** Up to so many events are recorded between two cuts. */
const MOST_EVENTS = 12;
const WRITERS = 3;

const random = new Random();

/** A client, with what it is to have in the end. */
interface Resumed {
  name: string;
  wanted: Wanted;
  client: Resuming;
}

/** graphql-ws's own client, coming back by itself with its variables kept up to date. */
function followForEver(url: string, key: string, { after }: Wanted): Following {
  const told = new Queue<Followed>();
  const variables = { after };
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: QuietWebSocket,
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: Infinity,
    shouldRetry: () => true,
    retryWait: () => pause(BEFORE_RETRY),
  });
  client.subscribe<{ told: Followed }>(
    { query: SUBSCRIPTION, variables },
    {
      next: ({ data }) => {
        variables.after = data!.told.cursor;
        told.push(data!.told);
      },
      error: (error) => told.end(error instanceof Error ? error : new Error(JSON.stringify(error))),
      complete: () => told.end(new Error('It was told that there is no more.')),
    },
  );
  const cut = (): void => {
    told.end();
    // It rejects with what ended the attempt, if it was connecting just then.
    Promise.resolve(client.dispose()).catch(() => undefined);
  };
  return { told, cut };
}

/** Records notes until it is told to end, whatever becomes of the server. */
class Writing {
  recorded = 0;
  private ended = false;
  private readonly running: Promise<void>[];
  /** Its own: what is cut off when is to depend on the seed only. */
  private readonly random = new Random(random.seed);

  constructor(
    private readonly life: Life,
    private readonly cases: readonly string[],
  ) {
    this.running = Array.from({ length: WRITERS }, () => this.write());
  }

  async end(): Promise<void> {
    this.ended = true;
    await Promise.all(this.running);
  }

  private async write(): Promise<void> {
    while (!this.ended) {
      const caseId = this.cases[this.random.next(this.cases.length)];
      const input = { commandId: randomUUID(), caseId, text: { text: `Note ${this.recorded}` } };
      await this.life.sender.send('addNote', input).then(
        () => this.recorded++,
        () => pause(BEFORE_RETRY),
      );
      await pause(this.random.next(5));
    }
  }
}

async function eventsOf(folder: string): Promise<StoredEvent[]> {
  const reader = openSqliteLogReader({ file: join(folder, LOG_FILE) });
  const events: StoredEvent[] = [];
  for await (const page of reader.readAll()) events.push(...page);
  await reader.close();
  return events;
}

/** What concerns keys and numbers is not for those who investigate. */
const APART = /^(access|numbering)-/;
const isWanted =
  ({ types, cases }: Wanted) =>
  ({ type, stream }: StoredEvent): boolean =>
    !APART.test(stream) && (!types || types.includes(type)) && (!cases || cases.some((id) => stream === `case-${id}`));

async function cutAndCompare(folder: string): Promise<void> {
  const life = new Life(folder);
  const proxy = new Proxy();
  const url = await proxy.listen();
  const resumed: Resumed[] = [];
  const startServer = async (): Promise<void> => {
    await life.start();
    proxy.leadTo(/http:\S+/.exec(life.server.written.output)![0]);
  };
  try {
    await startServer();
    const other = randomUUID();
    await life.sender.send('openCase', { commandId: randomUUID(), caseId: other, title: 'Other', kind: 'CASE' });
    const add = (name: string, wanted: Wanted, way: (url: string, key: string, wanted: Wanted) => Following): void => {
      const client = new Resuming(name, (after) => way(url, life.key, { ...wanted, after }));
      resumed.push({ name, wanted, client });
    };
    add('WebSocket', {}, followWebSocket);
    add('WebSocket, one case', { cases: [other] }, (at, key, { after }) =>
      followWebSocket(at, key, { caseId: other, after }),
    );
    add('server-sent events', {}, followSse);
    add('server-sent events, narrowed', { types: ['NoteAdded'], cases: [life.hotCase] }, followSse);
    add('long polling', {}, followPolling);
    add('graphql-ws', {}, followForEver);

    const writing = new Writing(life, [life.hotCase, other]);
    let kill = 0;
    for (let cut = 0; cut < CUTS; cut++) {
      if (cut % SERVER_KILLS === 0) kill = cut + random.next(Math.min(SERVER_KILLS, CUTS - cut));
      const enough = writing.recorded + random.next(MOST_EVENTS);
      await until('events are recorded', () => writing.recorded >= enough || undefined);
      if (cut === kill) {
        proxy.leadTo(undefined);
        await life.server.kill();
        await startServer();
      } else if (random.next(RESETS) === 0) proxy.resetOne(random);
      else resumed[random.next(resumed.length)].client.cut();
    }
    await writing.end();

    const events = await eventsOf(folder);
    const lists = resumed.map(({ wanted }) => events.filter(isWanted(wanted)));
    for (const [n, { name, client }] of resumed.entries())
      await until(`${name} has received ${lists[n].length} events`, () =>
        client.received.length >= lists[n].length ? true : undefined,
      );
    expect(await life.server.stop()).toMatchObject({ code: 0, errors: '' });
    const told = ({ id, hash }: { id: string; hash: string }): string => `${id} ${hash}`;
    for (const [n, { name, client }] of resumed.entries())
      expect({ name, received: client.received.map(told) }).toEqual({ name, received: lists[n].map(told) });
    expect(resumed.reduce((sum, { client }) => sum + client.cuts, 0)).toBeGreaterThanOrEqual(CUTS / 4);
  } finally {
    await Promise.all(resumed.map(({ client }) => client.end()));
    proxy.close();
    await life.end();
  }
}

describe(`followers that are cut off ${CUTS} times (CRASH_SEED=${random.seed})`, () => {
  it('have exactly what the log has, once and in order', () => inFolder(cutAndCompare), 60_000 + CUTS * 5_000);
});
