import { randomUUID } from 'node:crypto';
import { issueKey } from '../../apps/cli/src/issue-key.js';
import { post } from './post.js';

/** An answer as it came over HTTP. */
export interface Answer<D = any> {
  data: D;
  errors?: { message: string; path?: unknown[]; extensions: Record<string, any> & { code: string } }[];
  extensions?: {
    asOf: { sequence: number; recordedAt: string; logId: string; software: string; fields: Record<string, number> };
  };
}

/** A service that answers somewhere, and an administrator's key to it. */
export class Api {
  private investigator: Promise<string> | undefined;

  constructor(
    readonly url: string,
    readonly adminKey: string,
  ) {}

  /** The key of an investigator, issued when it is first asked for. */
  get investigatorKey(): Promise<string> {
    return (this.investigator ??= this.findInvestigator());
  }

  protected async findInvestigator(): Promise<string> {
    return (await issueKey(this.url, this.adminKey, 'investigator', ['INVESTIGATOR'])).key;
  }

  /** Asks as the holder of `key`, an investigator's unless given. */
  async ask<D = any>(query: string, variables: object = {}, key?: string): Promise<Answer<D>> {
    key ??= await this.investigatorKey;
    const { text } = await post(`${this.url}/graphql`, key, { query, variables });
    return JSON.parse(text) as Answer<D>;
  }

  /**
   * Sends a command on behalf of `key`, of an investigator or, where keys and groups are managed, an administrator unless given;
   * `input` gets a commandId of its own if it has none.
   */
  async command(name: string, input: object, key?: string, answer = ANSWER): Promise<Answer> {
    key ??= /(Key|Group)$/.test(name) ? this.adminKey : await this.investigatorKey;
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
    key?: string,
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
    const { errors } = await this.ask('{ cases(asOf: { sequence: 0 }) { nodes { id } } }', {}, this.adminKey);
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
