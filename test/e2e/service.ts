import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerUnderTest } from '../crash/server-under-test.js';

/** An answer as it came over HTTP. */
export interface Answer<D = any> {
  data: D;
  errors?: { message: string; path?: unknown[]; extensions: Record<string, any> & { code: string } }[];
  extensions?: {
    asOf: { sequence: number; recordedAt: string; logId: string; software: string; fields: Record<string, number> };
  };
}

/** A running service on a folder of its own, with a key for each of a few people. */
export class Service {
  private constructor(
    readonly url: string,
    readonly folder: string,
    readonly adminKey: string,
    private readonly server: ServerUnderTest,
  ) {}

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

  /** Ends it in order, and keeps its folder. */
  async halt(): Promise<void> {
    await this.server.stop();
  }

  async stop(): Promise<void> {
    await this.halt();
    await rm(this.folder, { recursive: true });
  }

  /** Asks as the holder of `key`, the administrator's unless given. */
  async ask<D = any>(query: string, variables: object = {}, key = this.adminKey): Promise<Answer<D>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer<D>;
  }

  /** Sends a command on behalf of `key`; `input` gets a commandId of its own if it has none. */
  async command(name: string, input: object, key = this.adminKey, answer = ANSWER): Promise<Answer> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    return this.ask(
      `mutation Send($input: ${type}!) { ${name}(input: $input) { ${answer} } }`,
      { input: { commandId: randomUUID(), ...input } },
      key,
    );
  }

  /** The result of a command that must succeed. */
  async done(
    name: string,
    input: object,
    key = this.adminKey,
  ): Promise<{
    events: { id: string; type: string; sequence: number }[];
    revision: number;
    sequence: number;
    case: any;
  }> {
    const { data, errors } = await this.command(name, input, key, `${ANSWER} case { id number status revision }`);
    if (errors) throw new Error(JSON.stringify(errors));
    return (data as Record<string, any>)[name];
  }

  /** The sequence of the last event of the log, whether or not the read models have reached it. */
  async logHead(): Promise<number> {
    const { errors } = await this.ask('{ cases(asOf: { sequence: 0 }) { nodes { id } } }');
    return errors![0].extensions.allowed.sequence.to as number;
  }

  /** A key of a person of this name. */
  async keyFor(principal: string, principalRoles: string[] = ['INVESTIGATOR'], label = principal): Promise<string> {
    const input = { principal, label, actorKind: 'PERSON', principalRoles };
    const { data, errors } = await this.command('issueKey', input, this.adminKey, 'secret');
    if (errors) throw new Error(JSON.stringify(errors));
    return (data as { issueKey: { secret: string } }).issueKey.secret;
  }
}

const ANSWER = 'events { id type sequence } revision sequence readModel';
