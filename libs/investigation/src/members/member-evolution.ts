import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { MemberAdded } from './add-member.js';
import { MemberChanged } from './change-member.js';
import { nameOf } from './grantee.js';
import { MemberRemoved } from './remove-member.js';
import { CaseRestricted } from './restrict-case.js';
import { CaseUnrestricted } from './unrestrict-case.js';

/** How the members of a case follow from its events; the first ones from its opening (`case-evolution.ts`). */
export const memberEvolution = [
  evolve(MemberAdded, ({ access }: CaseState, { grantee, rights }) => {
    access.members.set(nameOf(grantee), new Set(rights));
  }),
  evolve(MemberChanged, ({ access }: CaseState, { grantee, rights }) => {
    access.members.set(nameOf(grantee), new Set(rights));
  }),
  evolve(MemberRemoved, ({ access }: CaseState, { grantee }) => {
    access.members.delete(nameOf(grantee));
  }),
  evolve(CaseRestricted, ({ access }: CaseState) => {
    access.restricted = true;
  }),
  evolve(CaseUnrestricted, ({ access }: CaseState) => {
    access.restricted = false;
  }),
];
