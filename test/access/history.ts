import { CASE_RULES, type CaseRules } from '#access/cases/case-rules.js';
import { GroupMapped, GroupsClaimed } from '#access/groups/group-events.js';
import { accessThen } from '#access/past/access-then.js';
import { type CouldSee, WhoCouldSee } from '#access/past/could-see.js';
import { recordedForm } from '#access/policy/keep-policy.js';
import { AccessPolicyRecorded } from '#access/policy/policy-recorded.js';
import { type Role } from '#access/principal.js';
import { sealEvent } from '#event-sourcing/envelope.js';
import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { caseThen } from '#investigation/who-could-see/case-then.js';
import { type StreamEvent } from '#read-models/read-session.js';
import { ann } from '../builders/actors.js';
import { CASE } from '../builders/ids.js';

export const OF_CASE = `case-${CASE}`;
export const [KEYS, GROUPS, POLICY] = ['access-keys', 'access-groups', 'access-policy'];
const START = Date.parse('2025-03-01T00:00:00Z');
/** The nth event is recorded in the nth minute. */
export const minute = (n: number): string => new Date(START + n * 60_000).toISOString();

export type Step = readonly [stream: string, happened: DecidedEvent];

/** A log, and who could see in it at any of its moments. */
export class History {
  readonly events: StreamEvent[] = [];

  constructor(readonly steps: readonly Step[]) {
    const revisions = new Map<string, number>();
    for (const [n, [stream, { type, version, payload }]] of steps.entries()) {
      const revision = revisions.get(stream) ?? 0;
      revisions.set(stream, revision + 1);
      const about = { id: `e${n + 1}`, type, schemaVersion: version, stream, revision, recordedAt: minute(n + 1) };
      const command = { commandId: null, commandHash: null, previousHash: null, correlationId: 'x', causationId: 'x' };
      const sealed = sealEvent({ ...about, ...command, actor: ann }, payload);
      this.events.push({ stored: { ...sealed, stream, revision, sequence: n + 1, position: String(n + 1) }, payload });
    }
  }

  /** What has happened in a stream up to a sequence. */
  of(stream: string, sequence: number): DecidedEvent[] {
    return this.steps.slice(0, sequence).flatMap(([where, happened]) => (where === stream ? [happened] : []));
  }

  async at(sequence: number, recordId: string | null): Promise<WhoCouldSee> {
    const streamThen = (stream: string) => this.pages(stream, sequence);
    const ofCase = await caseThen(streamThen, CASE, recordId);
    return new WhoCouldSee({
      ...{ then: await accessThen(streamThen), ofCase, recordIds: ofCase.recordIds },
      now: Date.parse(minute(sequence)),
    });
  }

  async lines(sequence: number, recordId: string | null = null): Promise<CouldSee[]> {
    const who = await this.at(sequence, recordId);
    return who.names.flatMap((name) => who.line(name) ?? []);
  }

  private async *pages(stream: string, sequence: number): AsyncGenerator<StreamEvent[]> {
    await Promise.resolve();
    const events = this.events.filter(({ stored }) => stored.stream === stream && stored.sequence! <= sequence);
    for (let n = 0; n < events.length; n += 3) yield events.slice(n, n + 3);
  }
}

export const policy = (rules: CaseRules = CASE_RULES): Step => {
  const { version, digest, table } = recordedForm(rules);
  return [POLICY, event(AccessPolicyRecorded, { policyVersion: version, policyDigest: digest, policyTable: table })];
};
export const mapped = (group: string, groupRoles: Role[], organisation?: string): Step => [
  GROUPS,
  event(GroupMapped, { group, groupRoles, organisation }),
];
export const claimed = (principal: string, ...claimedGroups: string[]): Step => [
  GROUPS,
  event(GroupsClaimed, { principal, label: `Called ${principal}`, claimedGroups }),
];
export const key = (n: number) => ({ id: String(n).padStart(16, '0'), secret: String(n).repeat(64).slice(0, 64) });
export const DORA = 'https://idp.example#dora';
