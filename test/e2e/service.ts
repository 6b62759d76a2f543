import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { ServerUnderTest } from '../crash/server-under-test.js';
import { Api } from './api.js';

/** Keeps the investigator's key beside the data, for the next service on that folder. */
const INVESTIGATOR_KEY = 'investigator.key';

/** A running service on a folder of its own, with a key for each of a few people. */
export class Service extends Api {
  private constructor(
    url: string,
    readonly folder: string,
    adminKey: string,
    private readonly server: ServerUnderTest,
  ) {
    super(url, adminKey);
  }

  static async start(environment: Record<string, string> = {}): Promise<Service> {
    return Service.on(await mkdtemp(join(tmpdir(), 'caseledger-e2e-')), environment);
  }

  /** Starts on a folder that may have been used before. */
  static async on(folder: string, environment: Record<string, string> = {}): Promise<Service> {
    const server = new ServerUnderTest(folder, environment);
    const url = await server.listening();
    const adminKey = (await readFile(join(folder, 'admin.key'), 'utf8')).trim();
    return new Service(url, folder, adminKey, server);
  }

  /** All it wrote for operators so far. */
  get errors(): string {
    return this.server.written.errors;
  }

  /** All it wrote so far, to whomever. */
  get written(): string {
    const { output, errors } = this.server.written;
    return output + errors;
  }

  /** How many events its log holds, but for the records of who read what: those come a moment after what they tell of. */
  recorded(): number {
    const db = new DatabaseSync(join(this.folder, 'log.sqlite'), { readOnly: true });
    try {
      const count = `SELECT count(*) AS count FROM events JOIN streams ON streams.id = events.stream_id
        WHERE streams.name NOT LIKE 'access-reads-%'`;
      return (db.prepare(count).get() as { count: number }).count;
    } finally {
      db.close();
    }
  }

  /** Ends it in order, and keeps its folder. */
  async halt(): Promise<void> {
    await this.server.stop();
  }

  async stop(): Promise<void> {
    await this.halt();
    await rm(this.folder, { recursive: true });
  }

  protected override async findInvestigator(): Promise<string> {
    const file = join(this.folder, INVESTIGATOR_KEY);
    try {
      return await readFile(file, 'utf8');
    } catch {
      const key = await super.findInvestigator();
      await writeFile(file, key);
      return key;
    }
  }
}
