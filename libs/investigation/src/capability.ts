import { type Type } from '@nestjs/common';
import { type EventHandler } from '#event-sourcing/event.js';
import { type AnySlice, type Evolution } from '#event-sourcing/slice.js';
import { type ProjectAccess } from '#read-models/access-changes.js';
import { type ReadModel } from '#read-models/read-model.js';
import { type CaseState } from './cases/case-state.js';

/** A folder of this lib: what can happen, how the state follows, and what readers get to see. */
export interface Capability {
  /** Its commands: each becomes a mutation of its name. */
  slices: readonly AnySlice<CaseState>[];
  /** How the state follows from its events; each of them is registered by its case here. */
  evolution: readonly Evolution<CaseState>[];
  /** None where what it shows is in the case's own row. */
  readModel?: ReadModel;
  /** What its events do to who may see the case and its records. */
  access?: readonly EventHandler<ProjectAccess>[];
  /**
   * The GraphQL type of its records and what their list in a case holds; the cases themselves have none. `kind` is what commands
   * and events call one, where that is not the type's name.
   */
  records?: { type: Type<object>; kind?: string; description: string; mergedHere?: boolean };
}
