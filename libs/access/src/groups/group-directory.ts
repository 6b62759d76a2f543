import { randomUUID } from 'node:crypto';
import { type CommandHandler } from '#event-sourcing/command-handler.js';
import { SYSTEM } from '#event-sourcing/envelope.js';
import { type EventLogReader } from '#event-sourcing/log/event-log.js';
import { Refusal } from '#event-sourcing/refusal.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { FollowedStream, type PlaceOf } from '../followed-stream.js';
import { type GroupMapping, GROUPS_STREAM, groupsAggregate, type GroupsState, knownSince, rightsOf } from './groups.js';
import { ALREADY_RECORDED, RecordClaims, recordClaims, sameGroups } from './record-claims.js';

/** What the groups of the OIDC provider give, and which ones each principal's tokens named; kept current by the log. */
export class GroupDirectory {
  private readonly recording = new Map<string, Promise<void>>();

  private constructor(
    private readonly followed: FollowedStream<GroupsState>,
    private readonly commands: Pick<CommandHandler, 'execute'>,
  ) {}

  /** `onFailure` is told if following breaks: mappings would go stale. */
  static async open(
    log: EventLogReader,
    registry: EventRegistry,
    commands: Pick<CommandHandler, 'execute'>,
    onFailure: (error: unknown) => void,
  ): Promise<GroupDirectory> {
    const what = { stream: GROUPS_STREAM, aggregate: groupsAggregate };
    const followed = await FollowedStream.open(what, { log, registry }, { changed: () => undefined, onFailure });
    return new GroupDirectory(followed, commands);
  }

  /** Another number whenever principals may have other rights, or are known to have had them since another moment. */
  get changes(): number {
    return this.followed.changes;
  }

  get state(): Readonly<GroupsState> {
    return this.followed.state;
  }

  rightsOf(groups: readonly string[]): GroupMapping {
    return rightsOf(this.followed.state.mappings, groups);
  }

  /** Since when a principal is known to be in these groups, and to have what they give. */
  knownSince(principal: string, groups: readonly string[]): Record<string, number> {
    return knownSince(this.followed.state, principal, groups, (revision) => this.followed.sequences[revision] ?? null);
  }

  /** Resolves when it is recorded that the principal's token names these groups, if it is not the same as before. */
  async claimed(principal: string, label: string, groups: string[]): Promise<void> {
    for (;;) {
      const known = this.followed.state.claims.get(principal);
      if (known && sameGroups(known.groups, groups)) return;
      const others = this.recording.get(principal);
      const done = others ?? this.record(principal, label, groups).finally(() => this.recording.delete(principal));
      if (!others) this.recording.set(principal, done);
      await done;
    }
  }

  reached(revision: number): Promise<void> {
    return this.followed.reached(revision);
  }

  /** Finds out from where on people were in their groups, where the log did not tell; true when there is nothing left to find. */
  place(placeOf: PlaceOf): Promise<boolean> {
    return this.followed.place(placeOf);
  }

  close(): Promise<void> {
    return this.followed.close();
  }

  private async record(principal: string, label: string, groups: string[]): Promise<void> {
    const command = Object.assign(new RecordClaims(), { commandId: randomUUID(), principal, label, groups });
    try {
      const { revision } = await this.commands.execute(groupsAggregate, recordClaims, command, SYSTEM);
      await this.followed.reached(revision);
    } catch (error) {
      if (!(error instanceof Refusal && error.code === ALREADY_RECORDED)) throw error;
    }
  }
}
