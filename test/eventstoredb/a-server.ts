import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreDouble } from './double.js';
import { type Faults } from './faults.js';

/** A server to test against, and where on it this test's own log lies. */
export interface AServer {
  url: string;
  prefix: string;
  /** Stops it if it was started for this. What was written to a real server stays there, under the prefix. */
  end(): Promise<void>;
}

/** The server at EVENTSTOREDB_URL, else a double. */
export async function aServer(): Promise<AServer> {
  const { EVENTSTOREDB_URL: url } = process.env;
  if (url) return { url, prefix: `test.${randomUUID().slice(0, 8)}:`, end: () => Promise.resolve() };
  return aDouble();
}

/** A double in a folder of its own. */
export async function aDouble(faults: Partial<Faults> = {}): Promise<AServer & { double: EventStoreDouble }> {
  const folder = await mkdtemp(join(tmpdir(), 'caseledger-esdb-'));
  const double = await EventStoreDouble.start(folder, faults);
  return {
    double,
    get url() {
      return double.url;
    },
    prefix: 'one:',
    async end() {
      double.thaw();
      double.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
