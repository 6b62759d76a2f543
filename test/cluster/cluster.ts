import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { issueKey } from '../../apps/cli/src/issue-key.js';
import { ServerUnderTest } from '../crash/server-under-test.js';

/** A server of a cluster, and where it listens. */
export interface Member {
  server: ServerUnderTest;
  url: string;
}

/** Servers split by their roles over one log and one database; each has a folder of its own, all share one for secrets. */
export class Cluster {
  private readonly members: ServerUnderTest[] = [];

  private constructor(
    private readonly folder: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async over(
    log: { url: string; prefix: string },
    database: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<Cluster> {
    const folder = await mkdtemp(join(tmpdir(), 'caseledger-test-'));
    const engines = { EVENT_LOG: log.url, EVENT_LOG_PREFIX: log.prefix, READ_STORE: database };
    const own = { HOST: '127.0.0.1', SECRETS_DIR: join(folder, 'secrets'), DISK_FLOOR_MB: '0' };
    return new Cluster(folder, { ...own, ...engines, ...environment });
  }

  /** Starts one; resolves when it listens. */
  async start(roles: 'api' | 'projections', environment: Readonly<Record<string, string>> = {}): Promise<Member> {
    const folder = join(this.folder, String(this.members.length));
    const server = new ServerUnderTest(folder, { ...this.environment, ...environment, ROLES: roles });
    this.members.push(server);
    // At once, as tests that wait for it end long after.
    server.fell.catch((error: unknown) => process.stderr.write(`${roles}: ${String(error)}\n`));
    return { server, url: await server.listening() };
  }

  /** The first administrator's key. */
  async adminKey(): Promise<string> {
    return (await readFile(join(this.folder, 'secrets', 'admin.key'), 'utf8')).trim();
  }

  /** The key of somebody who investigates. */
  async investigator({ url }: Member): Promise<string> {
    return (await issueKey(url, await this.adminKey(), 'investigator', ['INVESTIGATOR'])).key;
  }

  /** Ends all that run and takes their folders away. */
  async end(): Promise<void> {
    await Promise.all(this.members.map((server) => server.kill()));
    await rm(this.folder, { recursive: true, force: true });
  }
}
