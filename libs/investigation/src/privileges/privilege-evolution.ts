import { evolve } from '#event-sourcing/slice.js';
import { type AccessChange, onAccess } from '#read-models/access-changes.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { pullDownWall, raiseWall } from '../members/access-state.js';
import { nameOf } from '../members/grantee.js';
import { PrivilegeAsserted } from './assert-privilege.js';
import { PrivilegeWaived } from './waive-privilege.js';

/** A privilege closes its record, and itself: what it says of the record is no more for all. */
const closed = ({ recordId, privilegeId }: { recordId: string; privilegeId: string }) => [recordId, privilegeId];

const passing = ({ holder, named = [] }: PrivilegeAsserted): string[] => [holder, ...named].map(nameOf);

/** How the privileges of a case's records follow from its events. */
export const privilegeEvolution = [
  evolve(PrivilegeAsserted, (state: CaseState, event, { revision }) => {
    const { privilegeId, recordId, holder } = event;
    const privilege = {
      ...{ kind: 'privilege', revision, retracted: false },
      ...{ recordId, holder: nameOf(holder), waived: false },
    };
    addRecord(state, state.privileges, privilegeId, privilege);
    const wall = { kind: 'PRIVILEGE' as const, names: new Set(passing(event)) };
    for (const id of closed(event)) raiseWall(state, id, privilegeId, wall);
  }),
  evolve(PrivilegeWaived, (state: CaseState, event, { revision }) => {
    Object.assign(state.privileges.get(event.privilegeId)!, { revision, waived: true });
    for (const id of closed(event)) pullDownWall(state, id, event.privilegeId);
  }),
];

/** The same, as reads find it. */
export const privilegeAccess = [
  onAccess(PrivilegeAsserted, (event) => [
    { op: 'part', record: event.privilegeId, of: [event.recordId] },
    ...closed(event).map((record): AccessChange => ({
      ...{ op: 'wall', record, wall: event.privilegeId, kind: 'PRIVILEGE', names: passing(event) },
    })),
  ]),
  onAccess(PrivilegeWaived, (event) =>
    closed(event).map((record): AccessChange => ({ op: 'unwall', record, wall: event.privilegeId })),
  ),
];
