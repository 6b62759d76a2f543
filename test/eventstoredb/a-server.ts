import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shownAddress } from '#event-sourcing/log/eventstoredb/address.js';
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
  say(`EventStoreDB: these tests run against ${url ? shownAddress(url) : 'a protocol double, no real server'}.`);
  if (url) return { url, prefix: `test.${randomUUID().slice(0, 8)}:`, end: () => Promise.resolve() };
  return aDouble();
}

/** Not by the console, which adds the place in a test that says it. */
const say = (line: string): void => void writeSync(2, `${line}\n`);

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
