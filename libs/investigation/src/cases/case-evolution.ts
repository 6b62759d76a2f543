import { ALL_RIGHTS, granteeName } from '#access/cases/case-access.js';
import { evolve } from '#event-sourcing/slice.js';
import { nameOf } from '../members/grantee.js';
import { CaseAmended } from './amend-case.js';
import { type CaseState } from './case-state.js';
import { CaseClosed } from './close-case.js';
import { CaseOpened } from './open-case.js';
import { CaseReopened } from './reopen-case.js';

/** How a case's own fields follow from its events. */
export const caseEvolution = [
  evolve(CaseOpened, (state: CaseState, { title, kind, description, restricted, members = [] }, { actorId }) => {
    Object.assign(state, { status: 'OPEN', title, caseKind: kind, description });
    const { access } = state;
    access.restricted = restricted ?? false;
    for (const { grantee, rights } of members) access.members.set(nameOf(grantee), new Set(rights));
    access.members.set(granteeName('PERSON', actorId), new Set(ALL_RIGHTS));
  }),
  evolve(CaseAmended, (state: CaseState, { title, kind, description }) => {
    state.title = title ?? state.title;
    state.caseKind = kind ?? state.caseKind;
    state.description = description ?? state.description;
  }),
  evolve(CaseClosed, (state: CaseState) => {
    state.status = 'CLOSED';
  }),
  evolve(CaseReopened, (state: CaseState) => {
    state.status = 'OPEN';
  }),
];
