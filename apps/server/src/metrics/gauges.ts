import { Gauge, type Registry } from 'prom-client';
import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { type ReadModels } from '#read-models/read-models.js';
import { type DiskSpace } from '../disk-space.js';
import { headAge, lagBehind } from '#read-models/lag.js';
import { readiness, type ReadinessParts } from '../health/readiness.js';

export interface Gauged extends ReadinessParts {
  log: ReadinessParts['log'] & EventLogReader & { readonly waiting: { appends: number; bytes: number } };
  readModels: Pick<ReadModels, 'status' | 'isActive'>;
  disk: Pick<DiskSpace, 'isLow' | 'free' | 'floor'>;
  /** Clients that follow the log at the moment, by the way they do. */
  subscribers: () => Readonly<Record<string, number>>;
  software: string;
  logId: string;
}

const STATES = ['building', 'live', 'paused', 'failed'];

/** What is looked up when metrics are asked for; docs/operating.md says what each tells. */
export function addGauges(registry: Registry, gauged: Gauged): void {
  const { log, readModels, disk } = gauged;
  const gauge = (name: string, help: string, collect: (set: Gauge) => unknown, labelNames: string[] = []): void => {
    new Gauge({
      name: `caseledger_${name}`,
      help,
      labelNames,
      registers: [registry],
      collect() {
        return collect(this) as Promise<void>;
      },
    });
  };
  const value = (name: string, help: string, read: () => number | Promise<number>): void =>
    gauge(name, help, async (one) => {
      try {
        one.set(await read());
      } catch {
        // The log is away: that is left out, and the rest is told.
        one.remove();
      }
    });

  value('append_queue_appends', 'Appends that wait to be stored.', () => log.waiting.appends);
  value('append_queue_bytes', 'Bytes of the appends that wait to be stored.', () => log.waiting.bytes);
  value('log_head_sequence', 'The sequence of the last event of the log.', async () => (await log.head()).sequence);
  value('log_head_age_seconds', 'Age of the last event of the log.', async () => (await headAge(log)) ?? 0);
  gauge(
    'projection_state',
    '1 for the state that the read models are in.',
    (one) => {
      const { state } = readModels.status();
      for (const name of STATES) one.set({ state: name }, name === state ? 1 : 0);
    },
    ['state'],
  );
  value('projection_active', '1 if this process writes the read models.', () => (readModels.isActive ? 1 : 0));
  value('projection_sequence', 'The last sequence that the read models show.', () => readModels.status().sequence);
  const lag = () => lagBehind(log, readModels.status());
  value('projection_lag_events', 'Events that the read models do not show yet.', async () => (await lag()).events);
  value(
    'projection_lag_seconds',
    'Age of the first event that the read models do not show yet; 0 if there is none.',
    async () => (await lag()).seconds,
  );
  value(
    'clock_behind_events',
    'Events since the start whose clock was more than a minute behind the log.',
    () => readModels.status().clockBehind,
  );
  gauge(
    'subscribers',
    'Clients that follow the log.',
    (one) => {
      for (const [transport, count] of Object.entries(gauged.subscribers())) one.set({ transport }, count);
    },
    ['transport'],
  );
  value('disk_free_bytes', 'Free space of the disk that holds DATA_DIR.', () => disk.free);
  value('disk_floor_bytes', 'Free space below which nothing more is stored.', () => disk.floor);
  value('ready', '1 if /health/ready answers ready.', async () => ((await readiness(gauged)) === 'ready' ? 1 : 0));
  gauge(
    'info',
    'Always 1: the software and the log that it runs on.',
    (one) => one.set({ software: gauged.software, log: gauged.logId }, 1),
    ['software', 'log'],
  );
}
