import { evolve } from '#event-sourcing/slice.js';
import { unassign } from '../assignments/assignment-state.js';
import { type CaseState } from '../cases/case-state.js';
import { admit } from './access-state.js';
import { MemberAdded } from './add-member.js';
import { MemberChanged } from './change-member.js';
import { nameOf } from './grantee.js';
import { MemberRemoved } from './remove-member.js';
import { CaseRestricted } from './restrict-case.js';
import { CaseUnrestricted } from './unrestrict-case.js';

/** How the members of a case follow from its events; the first ones from its opening (`case-evolution.ts`). */
export const memberEvolution = [
  evolve(MemberAdded, (state: CaseState, { grantee, rights, withHistory }, recorded) => {
    admit(state, nameOf(grantee), rights, recorded, withHistory);
  }),
  evolve(MemberChanged, ({ access }: CaseState, { grantee, rights, withHistory }) => {
    const name = nameOf(grantee);
    access.members.set(name, new Set(rights));
    if (withHistory !== undefined) access.shares.set(name, { ...access.shares.get(name)!, withHistory });
  }),
  evolve(MemberRemoved, (state: CaseState, { grantee }) => {
    const { access } = state;
    access.members.delete(nameOf(grantee));
    access.shares.delete(nameOf(grantee));
    if (grantee.kind === 'PERSON') unassign(state, grantee.id);
  }),
  evolve(CaseRestricted, ({ access }: CaseState) => {
    access.restricted = true;
  }),
  evolve(CaseUnrestricted, ({ access }: CaseState) => {
    access.restricted = false;
  }),
];
