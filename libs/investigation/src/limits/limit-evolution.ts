import { evolve } from '#event-sourcing/slice.js';
import { onAccess } from '#read-models/access-changes.js';
import { type CaseState } from '../cases/case-state.js';
import { pullDownWall, raiseWall } from '../members/access-state.js';
import { nameOf } from '../members/grantee.js';
import { LimitLifted } from './lift-limit.js';
import { RecordLimited } from './limit-record.js';

/** A record has one limit at a time. */
const LIMIT = 'LIMIT';

/** How the limits of a case's records follow from its events. */
export const limitEvolution = [
  evolve(RecordLimited, (state: CaseState, { recordId, named = [] }) => {
    raiseWall(state, recordId, LIMIT, { kind: 'LIMIT', names: new Set(named.map(nameOf)) });
  }),
  evolve(LimitLifted, (state: CaseState, { recordId }) => pullDownWall(state, recordId, LIMIT)),
];

/** The same, as reads find it. */
export const limitAccess = [
  onAccess(RecordLimited, ({ recordId, named = [] }) => [
    { op: 'wall', record: recordId, wall: LIMIT, kind: 'LIMIT', names: named.map(nameOf) },
  ]),
  onAccess(LimitLifted, ({ recordId }) => [{ op: 'unwall', record: recordId, wall: LIMIT }]),
];
