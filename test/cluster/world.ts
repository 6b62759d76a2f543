import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { openEventStoreLog, type EventStoreLog } from '#event-sourcing/log/eventstoredb/event-store-log.js';
import { Journal } from '../crash/journal.js';
import { Sender } from '../crash/sender.js';
import { Writers } from '../crash/writers.js';
import { Follow } from '../eventstoredb/workload.js';
import { run } from '../postgres/a-postgres.js';
import { type PrivatePostgres } from '../postgres/private-postgres.js';
import { Cluster, type Member } from './cluster.js';
import { LogServer } from './log-server.js';
import { PersistentSender } from './persistent-sender.js';

/** How much is written. */
export interface Load {
  /** Commands that are acknowledged before a fault begins, and after it. */
  commands: number;
  /** Of each writer after each command, in milliseconds: else what is compared after a fault would take longer than the fault. */
  pause: number;
}
/** How long a process that is busy may take to say what it does, in milliseconds. */
const ANSWER = 2_000;
/** How long a process may take to begin to write the read models, in milliseconds. */
const PATIENCE = 60_000;

/** Everything faults are tried on: two processes that project, two that serve, both engines, 64 writers, one that follows. */
export class World {
  readonly journal = new Journal();
  private senders: Sender[] = [];

  private constructor(
    readonly log: LogServer,
    readonly postgres: PrivatePostgres,
    readonly database: string,
    readonly cluster: Cluster,
    readonly projectors: Member[],
    readonly apis: Member[],
    readonly reader: EventStoreLog,
    readonly follow: Follow,
    private readonly key: string,
    private readonly hotCase: string,
  ) {
    this.senders = apis.map(({ url }) => new Sender(url, key, this.journal));
  }

  static async make(postgres: PrivatePostgres): Promise<World> {
    const log = await LogServer.start();
    const database = new URL(postgres.url);
    database.pathname = `/caseledger_faults_${randomUUID().replaceAll('-', '')}`;
    await run(postgres.url, `CREATE DATABASE ${database.pathname.slice(1)}`);
    const cluster = await Cluster.over(log, database.href, { READ_WAIT_MS: '100' });
    try {
      return await World.over(log, postgres, database.href, cluster);
    } catch (error) {
      await cluster.end();
      await log.close();
      throw error;
    }
  }

  private static async over(
    log: LogServer,
    postgres: PrivatePostgres,
    database: string,
    cluster: Cluster,
  ): Promise<World> {
    const [api, ...rest] = await Promise.all([
      cluster.start('api'),
      cluster.start('api'),
      cluster.start('projections'),
      cluster.start('projections'),
    ]);
    const key = await cluster.investigator(api);
    const reader = await openEventStoreLog({ url: log.url, prefix: log.prefix });
    const [second, ...projectors] = rest;
    const hotCase = randomUUID();
    const follow = new Follow(reader);
    const world = new World(log, postgres, database, cluster, projectors, [api, second], reader, follow, key, hotCase);
    await world.sender().send('openCase', { commandId: 'hot', caseId: hotCase, title: 'Example', kind: 'CASE' });
    return world;
  }

  sender(): PersistentSender {
    return new PersistentSender(() => this.senders, this.journal);
  }

  /** Lets 64 writers write before, during and after each of these. */
  async whileWriting({ commands, pause }: Load, ...faults: (() => Promise<void>)[]): Promise<void> {
    const writers = new Writers(this.sender(), this.hotCase, pause);
    const more = () => this.orFall(Promise.race([writers.reached(writers.count + commands), writers.done]));
    try {
      await more();
      for (const fault of faults) {
        await fault();
        await more();
      }
    } finally {
      writers.stop();
    }
    await this.orFall(writers.done);
  }

  /** The process that writes the read models, by its place among those that project; `but` this one, once another does. */
  async active(but?: number): Promise<number> {
    for (const until = Date.now() + PATIENCE; Date.now() < until; await delay(20)) {
      const states = await Promise.all(
        this.projectors.map((member, n) => (n === but ? Promise.resolve(false) : this.isActive(member))),
      );
      const found = states.indexOf(true);
      if (found >= 0) return found;
    }
    throw new Error('No process writes the read models.');
  }

  /** Starts a process of this role in place of one that was killed. */
  async replace(role: 'api' | 'projections', nth: number): Promise<void> {
    const member = await this.cluster.start(role);
    if (role === 'projections') this.projectors[nth] = member;
    else {
      this.apis[nth] = member;
      this.senders = this.senders.map((sender, n) =>
        n === nth ? new Sender(member.url, this.key, this.journal) : sender,
      );
    }
  }

  async close(): Promise<void> {
    for (const sender of this.senders) sender.close();
    await this.follow.stop().catch(() => undefined);
    await this.reader.close();
    await this.cluster.end();
    await this.log.close();
  }

  /** What `work` resolves with. Rejects as soon as a process ends by itself: no fault of an engine may end one. */
  private orFall<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, ...[...this.apis, ...this.projectors].map(({ server }) => server.fell)]);
  }

  /** One that stands still says nothing. */
  private async isActive({ url }: Member): Promise<boolean> {
    const headers = { authorization: `Bearer ${await this.cluster.adminKey()}` };
    try {
      const answer = await fetch(`${url}/metrics`, { headers, signal: AbortSignal.timeout(ANSWER) });
      return (await answer.text()).includes('\ncaseledger_projection_active 1\n');
    } catch {
      return false;
    }
  }
}
