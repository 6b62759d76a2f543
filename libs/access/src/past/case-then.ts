import { type CaseAccess, type Mark, THE_CASE, type Wall } from '../cases/case-access.js';
import { type Evidence } from './evidence.js';

/** Who might know of a case at a moment, and by which events that came. */
export interface CaseThen {
  access: CaseAccess;
  evidence: CaseEvidence;
}

/**
 * Which events of a case made its access what it is: each is compared with what was before it, whatever its type. To be told
 * of each event in turn.
 */
export class CaseEvidence {
  /** Of each membership, by the name of the member: the event that gave it its rights. */
  readonly memberships = new Map<string, Evidence>();
  /** Of each wall around the record that is asked about, by the id of the wall. */
  readonly walls = new Map<string, Evidence>();
  /** Of each mark on that record, and of each on the case, by its originator. */
  readonly marks = { ofRecord: new Map<string, Evidence>(), ofCase: new Map<string, Evidence>() };
  /** The event since which the case was restricted, or open. */
  openness: Evidence | undefined;
  private readonly rights = new Map<string, ReadonlySet<unknown>>();
  private readonly passing = new Map<string, Wall>();
  private readonly onRecord = new Map<string, Mark>();
  private readonly onCase = new Map<string, Mark>();
  private restricted: boolean | undefined;

  constructor(private readonly recordId: string | null) {}

  after({ restricted, members, walls, marks }: CaseAccess, event: Evidence): void {
    if (restricted !== this.restricted) {
      this.restricted = restricted;
      this.openness = event;
    }
    changed(this.rights, members, this.memberships, event);
    const around = this.recordId === null ? undefined : walls.get(this.recordId);
    changed(this.passing, around ?? new Map<string, Wall>(), this.walls, event);
    const on = (id: string): ReadonlyMap<string, Mark> => marks.get(id) ?? new Map();
    changed(this.onCase, on(THE_CASE), this.marks.ofCase, event);
    if (this.recordId !== null) changed(this.onRecord, on(this.recordId), this.marks.ofRecord, event);
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
