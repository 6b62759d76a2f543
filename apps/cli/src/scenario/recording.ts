import { v5 as uuidV5 } from 'uuid';
import { type GraphqlClient, GraphqlFailure } from '../graphql-client.js';
import { type PrincipalName } from './principals.js';

/** The namespace of every id in the scenarios: the same in every run, on every server. */
const NAMESPACE = '0d6a3b0e-8f57-4c3b-9a52-6f4c1f2f8f10';

/** What a command came to. */
export interface Recorded {
  revision: number;
  /** The sequence of its last event. */
  sequence: number;
}

interface MutationAnswer {
  events: { sequence: number | null }[];
  revision: number;
}

/**
 * Records one scenario, each command under an id that is the same in every run: a second run adds nothing.
 * It keeps for every day the sequence of the last event recorded for it.
 */
export class Recording {
  readonly caseId: string;
  private day = '';
  private firstSequence: number | null = null;
  private readonly lastOfDay = new Map<string, number>();

  constructor(
    private readonly scenario: string,
    private readonly clients: Record<PrincipalName, GraphqlClient>,
  ) {
    this.caseId = this.id('case');
  }

  /** The id of the thing of that name, in this scenario. */
  id(name: string): string {
    return uuidV5(`${this.scenario}/${name}`, NAMESPACE);
  }

  /** What is recorded from here on belongs to this day, YYYY-MM-DD. */
  startDay(day: string): void {
    this.day = day;
  }

  /** Sends a mutation on this scenario's case; `step` names the command, once in the scenario. */
  async record(by: PrincipalName, mutation: string, step: string, input: object = {}): Promise<Recorded> {
    const type = `${mutation[0].toUpperCase()}${mutation.slice(1)}Input`;
    const answer = await this.clients[by].request<Record<string, MutationAnswer>>(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { events { sequence } revision } }`,
      { input: { commandId: `${this.scenario}/${step}`, caseId: this.caseId, correlationId: this.scenario, ...input } },
    );
    const { events, revision } = answer[mutation];
    const sequences = events.map(({ sequence }) => sequence);
    const sequence = sequences.at(-1);
    if (typeof sequence !== 'number')
      throw new Error(`${mutation} (${step}) was recorded, but its sequence is not known yet: run this again.`);
    this.firstSequence ??= sequences[0];
    this.lastOfDay.set(this.day, sequence);
    return { revision, sequence };
  }

  /** The error code that a command is refused with; null if it is carried out. */
  async refusal(by: PrincipalName, mutation: string, step: string, input: object): Promise<string | null> {
    try {
      await this.record(by, mutation, step, input);
      return null;
    } catch (error) {
      if (error instanceof GraphqlFailure) return error.code;
      throw error;
    }
  }

  /** Asks as the auditor. */
  ask<Data>(query: string, variables: object = {}): Promise<Data> {
    return this.clients.auditor.request<Data>(query, { caseId: this.caseId, ...variables });
  }

  /** The record as it stood on a day: the sequence of its last event, or of the one before this case's first. */
  on(day: string): number {
    if (this.firstSequence === null) throw new Error('Nothing is recorded yet.');
    const days = [...this.lastOfDay.keys()].filter((recorded) => recorded <= day).sort();
    return days.length === 0 ? this.firstSequence - 1 : this.lastOfDay.get(days.at(-1)!)!;
  }

  /** Every day that something was recorded for, with the sequence of its last event. */
  marks(): [day: string, sequence: number][] {
    return [...this.lastOfDay];
  }
}
