import { setImmediate as turn } from 'node:timers/promises';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type AccessPolicy } from '#access/access-policy.js';
import { hiddenRecords, type Reach, reachOf } from '#access/cases/allow.js';
import { type GroupDirectory } from '#access/groups/group-directory.js';
import { type KeyRing } from '#access/keys/key-ring.js';
import { type Principal } from '#access/principal.js';
import { EVERYTHING } from '#read-models/access-filter.js';
import { type Following } from '#read-models/following/feed.js';
import { type Subscriber } from '#read-models/following/subscriber.js';
import { ReadBudget } from '#read-models/read-budget.js';
import { type ReadModels } from '#read-models/read-models.js';
import {
  type AsOf,
  type ReadPoint,
  type ReadSession,
  type ServedEvent,
  type ShownMark,
} from '#read-models/read-session.js';
import { withhold } from '#read-models/withhold.js';
import { NO_LONGER } from './errors.js';
import { firstArrival, type Waiting } from './first-arrival.js';
import { OperationReads } from './operation-reads.js';
import { type OwnCursors } from './cursors.js';
import { type CommandFields, type KeyedHash } from '#event-sourcing/slice.js';
import { type RunLimits } from './graphql/query-run.js';
import { type ObservedCommand } from './request-observer.js';
import { type Services } from './request-services.js';
import { newRequestId, type RequestTrace } from './request-trace.js';
import { whenShown } from './when-shown.js';

/** What an auditor of a case is shown of it now. */
export interface AuditedCase {
  /** Null: nothing was shared. */
  reach: Reach | null;
  /** Its records that do not show. */
  hidden: readonly string[];
}

/** What every resolver of one operation shares: who asks, and the one moment that everything is read at. */
export class RequestContext {
  private opened: ReadSession | undefined;
  private point: ReadPoint | undefined;
  private readonly fields: Record<string, number> = {};
  /** Of all that the operation reads, for each of its mutations too. */
  private readonly budget = new ReadBudget();
  private limits: RunLimits | undefined;
  private follows = false;
  private readonly noted: OperationReads;

  constructor(
    readonly principal: Principal,
    private readonly services: Services,
    private readonly trace: RequestTrace = { id: newRequestId(), traceparent: undefined },
    private readonly waiting: Waiting = {},
    /** Whose its credential is by now; null if nobody's any more. */
    private readonly again?: () => Principal | null | Promise<Principal | null>,
  ) {
    this.noted = new OperationReads(principal, services.reads);
  }

  /** Tells that a command is about to be carried out; what is returned hears how it ends. */
  observe(name: string, command: CommandFields): ObservedCommand | undefined {
    return this.services.observer?.command(this.trace, name, command);
  }

  get keys(): KeyRing {
    return this.services.keys;
  }

  get groups(): GroupDirectory {
    return this.services.groups;
  }

  get policy(): AccessPolicy {
    return this.services.policy;
  }

  get keyedHash(): KeyedHash {
    return this.services.keyedHash;
  }

  /** Reads of whatever there is, whoever may see it: only for finding out what concerns this principal, never to be answered. */
  unfiltered(): ReadSession {
    return this.services.readModels.session(EVERYTHING, this.budget);
  }

  get readModels(): ReadModels {
    return this.services.readModels;
  }

  /** The cursors of who is asking. */
  get cursors(): OwnCursors {
    return this.services.cursors.of(this.principal.id);
  }

  /** Reads of this principal, all at one sequence. */
  get session(): ReadSession {
    return (this.opened ??= this.newSession());
  }

  /** Reads from here on see what has been recorded since the operation began: for a mutation's own answer. */
  renew(): ReadSession {
    this.point = undefined;
    return (this.opened = this.newSession());
  }

  /** Whatever is read for this operation after the time it may take is refused; what it waits for events is not counted. */
  limitedBy(limits: RunLimits): void {
    this.limits = limits;
    this.budget.limitTime(limits.timeMs);
  }

  /** See `whenShown`. */
  reached(result: CommandResult): ReturnType<typeof whenShown> {
    return whenShown(result, this.newSession(), this.services);
  }

  /** The moment a root field is read at. `field` is its name in the answer, `argument` that of what the client told it by. */
  async at(field: string, asOf: AsOf | null | undefined, argument?: string): Promise<ReadPoint> {
    this.point ??= await this.session.at();
    if (!asOf) return this.point;
    const point = await this.session.at(asOf, argument);
    this.readAt(field, point);
    return point;
  }

  /** Tells in `extensions` that a root field is read at another moment than the answer: an earlier page's. */
  readAt(field: string, { sequence }: ReadPoint): void {
    this.fields[field] = sequence;
  }

  /** `extensions` of the answer: the moment it was read at; since when the read models stand still, if they do. */
  extensions(): Record<string, unknown> | undefined {
    this.noted.answered();
    if (!this.point) return undefined;
    const { sequence, recordedAt, logId } = this.point;
    const { behindSince } = this.services.readModels.status();
    const asOf = { sequence, recordedAt, logId, software: this.services.software, fields: this.fields };
    return { asOf, ...(behindSince && { behindSince }) };
  }

  /** The marks that stand now on what an event concerns that this principal was given. */
  marksOfEvent(sequence: number): Promise<ShownMark[]> {
    const { readModels, policy } = this.services;
    // What is followed has no end, and no moment that all of it is read at.
    const session = this.follows ? readModels.session(policy.filter(this.principal)) : this.session;
    return session.marksOfEvent(sequence);
  }

  /** Follows the events as this principal, from now on. */
  follow(following: Following): Subscriber {
    if (following.transport !== 'polling') this.noted.followed(following.transport);
    if (following.transport === 'websocket') this.follows = true;
    return this.services.feed.subscribe(this.services.policy.filter(this.principal), following);
  }

  /** Waits for an event: false if none has come after so many milliseconds, or who asks is shown something else by now. */
  async arrival(following: Following, waitMs: number): Promise<boolean> {
    const since = performance.now();
    const wait = () => firstArrival(this.follow(following), waitMs, this.waiting);
    try {
      if (!(await (this.limits?.wait?.(wait) ?? wait()))) return false;
      const principal = this.again ? await this.again() : this.principal;
      return principal ? this.policy.seesAlike(this.principal, principal) : refuse('UNAUTHENTICATED', NO_LONGER);
    } finally {
      this.budget.moreTime(performance.now() - since);
    }
  }

  /** Tells that this follower is handed an event. */
  told(event: ServedEvent | null): void {
    if (event) this.noted.events([event]);
  }

  /**
   * Nothing was found for this principal: that it was asked for is recorded, with the case if there is one all the same. Found
   * out when the answer is on its way, so that it takes no other time; recorded in any case, so that nothing shows by it.
   */
  missed(what: string, asked: string, find: (session: ReadSession) => Promise<string | null>): void {
    const look = async (): Promise<void> => {
      // What cannot be read now cannot be told from what is not there.
      const caseId = await find(this.services.readModels.session(EVERYTHING)).catch(() => null);
      this.services.reads.note(this.principal, { kind: 'DENIED', caseId, what, asked });
    };
    setImmediate(() => void look());
  }

  /** What is recorded of who read what of a case, or of none. Refuses whoever may not know. */
  async accessReads(caseId: string | null, denials: boolean, batches: number, before?: number) {
    const audited = await this.requireAuditor('accessReads', caseId);
    const page = await this.services.reads.page(denials ? null : caseId, batches, before);
    if (caseId === null) return { ...page, reads: page.reads.map(({ deniedCase: _, ...read }) => read) };
    const from = audited?.reach?.at;
    page.reads = page.reads.filter(({ firstAt }) => from !== undefined && firstAt >= from);
    if (denials) return { ...page, reads: page.reads.filter(({ deniedCase }) => deniedCase === caseId) };
    return { ...page, reads: withhold(page.reads, audited && audited.hidden) };
  }

  /**
   * Refuses whoever may not know who reads, or could see, what of a case; answers what they are shown of it now. `what` is the
   * query's name.
   */
  async requireAuditor(what: string, caseId: string | null): Promise<AuditedCase | null> {
    const { policy, knownCase } = this.services;
    const { principal } = this;
    const known = caseId === null ? null : await knownCase(caseId);
    policy.requireAuditor(principal, what, caseId, known && known.access);
    if (!known) return null;
    const hidden = known.withTheirs(new Set(hiddenRecords(principal, known.access)));
    return { reach: reachOf(principal, known.access), hidden: [...hidden] };
  }

  /** Who could see a case, or a record of it, was looked up: a read of what is guarded. */
  audited(what: string, caseId: string, recordId: string | null): void {
    this.services.reads.note(this.principal, { kind: 'READ', caseId, recordId: recordId ?? undefined, what });
  }

  /** Refuses a record of a case that may be seen, which does not show or never was: that it was asked for is recorded. */
  missedRecord(what: string, caseId: string, recordId: string): never {
    this.services.reads.note(this.principal, { kind: 'DENIED', caseId, what, asked: recordId });
    refuse('NOT_FOUND', `There was no record ${recordId} in this case at that moment that you may see.`);
  }

  /** Between two stretches of work that reads nothing: others get their turn. Refuses with LIMIT_EXCEEDED what took too long. */
  async breath(): Promise<void> {
    await turn();
    await this.budget.wait();
  }

  /** Reads at a moment of their own. */
  newSession(): ReadSession {
    const { readModels, policy } = this.services;
    return readModels.session(policy.filter(this.principal), this.budget, this.noted);
  }
}
