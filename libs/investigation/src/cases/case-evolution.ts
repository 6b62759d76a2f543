import { ALL_RIGHTS, granteeName } from '#access/cases/case-access.js';
import { evolve } from '#event-sourcing/slice.js';
import { admit } from '../members/access-state.js';
import { nameOf } from '../members/grantee.js';
import { tagged } from '../triage/triage-evolution.js';
import { CaseAmended } from './amend-case.js';
import { type CaseState } from './case-state.js';
import { CaseClosed } from './close-case.js';
import { CaseOpened } from './open-case.js';
import { CaseReopened } from './reopen-case.js';

/** How a case's own fields follow from its events. */
export const caseEvolution = [
  evolve(CaseOpened, (state: CaseState, event, recorded) => {
    const { title, kind, description, restricted, members = [], severity, priority, tags = [] } = event;
    state.since = event.occurredAt;
    Object.assign(state, { status: 'OPEN', title, caseKind: kind, description, severity, priority });
    tagged(state, tags);
    state.access.restricted = restricted ?? false;
    for (const { grantee, rights } of members) admit(state, nameOf(grantee), rights, recorded);
    admit(state, granteeName('PERSON', recorded.actor.id), ALL_RIGHTS, recorded);
  }),
  evolve(CaseAmended, (state: CaseState, { title, kind, description }) => {
    state.title = title ?? state.title;
    state.caseKind = kind ?? state.caseKind;
    state.description = description ?? state.description;
  }),
  evolve(CaseClosed, (state: CaseState, { occurredAt }) => {
    state.status = 'CLOSED';
    state.since = occurredAt;
  }),
  evolve(CaseReopened, (state: CaseState, { occurredAt }) => {
    state.status = 'OPEN';
    state.since = occurredAt;
  }),
];
