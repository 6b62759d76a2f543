import { reachOf } from '#access/cases/allow.js';
import { type CaseRight, type Share, type WallKind } from '#access/cases/case-access.js';
import { type Actor } from '#event-sourcing/envelope.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type EvolveContext, type Frozen } from '#event-sourcing/slice.js';
import { type MarksState } from '../marks/mark-state.js';
import { readerOf } from '../marks/originator.js';

/** Who may know of the case and of its records: what the access policy decides by. */
export interface AccessState {
  access: MarksState['access'] & {
    restricted: boolean;
    /** Rights by the name of the member. */
    members: Map<string, Set<CaseRight>>;
    /** From where on members of outside organisations read the case, by the same names. */
    shares: Map<string, Share>;
    /** By record, and by an id of their own. */
    walls: Map<string, Map<string, WallState>>;
  };
}

export interface WallState {
  kind: WallKind;
  /** Who passes. */
  names: Set<string>;
}

/** Until a case is opened, nobody may know of it. */
export const noAccess = (): AccessState['access'] => ({
  restricted: true,
  members: new Map(),
  shares: new Map(),
  walls: new Map(),
  marks: new Map(),
});

/** Makes somebody a member from this event on. */
export function admit(
  { access }: AccessState,
  name: string,
  rights: readonly CaseRight[],
  { revision, recordedAt }: Pick<EvolveContext, 'revision' | 'recordedAt'>,
  withHistory = false,
): void {
  access.members.set(name, new Set(rights));
  access.shares.set(name, { since: revision, at: recordedAt, withHistory });
}

/** Puts a wall around a record, in place of one of the same id. */
export function raiseWall({ access }: AccessState, recordId: string, id: string, wall: WallState): void {
  const walls = access.walls.get(recordId) ?? new Map<string, WallState>();
  access.walls.set(recordId, walls.set(id, wall));
}

/** Takes the wall of this id from around a record; nothing where there is none. */
export function pullDownWall({ access }: AccessState, recordId: string, id: string): void {
  const walls = access.walls.get(recordId);
  walls?.delete(id);
  if (walls?.size === 0) access.walls.delete(recordId);
}

/** The rights of a member, or a refusal with NOT_FOUND. */
export const knownMember = ({ access }: Frozen<AccessState>, name: string): ReadonlySet<CaseRight> =>
  access.members.get(name) ?? refuse('NOT_FOUND', `${name} is no member of this case.`);

/** Refuses with LAST_MANAGER what would leave nobody who can say who is a member. */
export function requireAnotherManager({ access }: Frozen<AccessState>, name: string): void {
  const others = [...access.members].filter(([other]) => other !== name);
  if (others.some(([, rights]) => rights.has('MANAGE_MEMBERS'))) return;
  refuse('LAST_MANAGER', 'Nobody else can manage the members of this case; give somebody that right first.');
}

/** Refuses with FORBIDDEN whoever would share what is not shown to them: a case's history from before it was shared with them. */
export function requireHistory({ access }: Frozen<AccessState>, actor: Actor): void {
  if (!reachOf(readerOf(actor), access)?.since) return;
  refuse(
    'FORBIDDEN',
    'The case is shown to you from its share on: its history from before (withHistory) is for others to share.',
  );
}
