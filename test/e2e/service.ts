import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { ServerUnderTest } from '../crash/server-under-test.js';
import { Api } from './api.js';
import { type AServer, serverHere } from './server-here.js';

/** Keeps the investigator's key beside the data, for the next service on that folder. */
const INVESTIGATOR_KEY = 'investigator.key';

const newFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'caseledger-e2e-'));

/** A running service on a folder of its own, with a key for each of a few people. */
export class Service extends Api {
  private constructor(
    readonly folder: string,
    adminKey: string,
    private readonly server: AServer,
  ) {
    super(server.url, adminKey);
  }

  static async start(environment: Record<string, string> = {}): Promise<Service> {
    return Service.on(await newFolder(), environment);
  }

  /** Starts on a folder that may have been used before. */
  static async on(folder: string, environment: Record<string, string> = {}): Promise<Service> {
    return Service.of(folder, await serverHere(folder, environment));
  }

  /** Starts as a process of its own, as users have it: all that it writes is known. */
  static async apart(environment: Record<string, string> = {}): Promise<Service> {
    return Service.apartOn(await newFolder(), environment);
  }

  /** As `apart`, on a folder that may have been used before. */
  static async apartOn(folder: string, environment: Record<string, string> = {}): Promise<Service> {
    const server = new ServerUnderTest(folder, environment);
    const url = await server.listening();
    return Service.of(folder, {
      url,
      get written() {
        return server.written;
      },
      stop: () => server.stop(),
    });
  }

  private static async of(folder: string, server: AServer): Promise<Service> {
    return new Service(folder, (await readFile(join(folder, 'admin.key'), 'utf8')).trim(), server);
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
