import { evolve } from '#event-sourcing/slice.js';
import { CaseAmended } from './amend-case.js';
import { type CaseState } from './case-state.js';
import { CaseClosed } from './close-case.js';
import { CaseOpened } from './open-case.js';
import { CaseReopened } from './reopen-case.js';

/** How a case's own fields follow from its events. */
export const caseEvolution = [
  evolve(CaseOpened, (state: CaseState, { title, kind, description }) => {
    Object.assign(state, { status: 'OPEN', title, caseKind: kind, description });
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
