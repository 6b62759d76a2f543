import { type CaseAccess, type Mark, THE_CASE, type Wall } from '../cases/case-access.js';
import { type Evidence } from './evidence.js';

/** Who might know of a case at a moment, and by which events that came. */
export interface CaseThen {
  access: CaseAccess;
  evidence: CaseEvidence;
}

/** Which events put up the walls around a record that stand, and set the marks on it. */
export class RecordEvidence {
  /** By the id of the wall. */
  readonly walls = new Map<string, Evidence>();
  /** By the mark's originator. */
  readonly marks = new Map<string, Evidence>();
  private readonly passing = new Map<string, Wall>();
  private readonly marked = new Map<string, Mark>();

  after(
    walls: ReadonlyMap<string, Wall> = new Map(),
    marks: ReadonlyMap<string, Mark> = new Map(),
    event: Evidence,
  ): void {
    changed(this.passing, walls, this.walls, event);
    changed(this.marked, marks, this.marks, event);
  }
}

/**
 * Which events of a case made its access what it is: each is compared with what was before it, whatever its type. To be told
 * of each event in turn.
 */
export class CaseEvidence {
  /** Of each membership, by the name of the member: the event that gave it its rights. */
  readonly memberships = new Map<string, Evidence>();
  /** Of the records that are asked about, and of the marks on the case under `THE_CASE`. */
  readonly records: ReadonlyMap<string, RecordEvidence>;
  /** The event since which the case was restricted, or open. */
  openness: Evidence | undefined;
  private readonly rights = new Map<string, ReadonlySet<unknown>>();
  private restricted: boolean | undefined;

  constructor(recordIds: readonly string[]) {
    this.records = new Map([THE_CASE, ...recordIds].map((id) => [id, new RecordEvidence()]));
  }

  after({ restricted, members, walls, marks }: CaseAccess, event: Evidence): void {
    if (restricted !== this.restricted) {
      this.restricted = restricted;
      this.openness = event;
    }
    changed(this.rights, members, this.memberships, event);
    for (const [id, evidence] of this.records) evidence.after(walls.get(id), marks.get(id), event);
  }
}

/** Puts the event beside what it set or replaced, and takes out what is gone. */
function changed<V>(
  before: Map<string, V>,
  now: ReadonlyMap<string, V>,
  evidence: Map<string, Evidence>,
  event: Evidence,
): void {
  for (const [name, value] of now) {
    if (before.get(name) === value) continue;
    before.set(name, value);
    evidence.set(name, event);
  }
  if (before.size === now.size) return;
  for (const name of before.keys()) {
    if (now.has(name)) continue;
    before.delete(name);
    evidence.delete(name);
  }
}
