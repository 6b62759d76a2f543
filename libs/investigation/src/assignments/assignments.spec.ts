import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseAssigned, caseOpened, closedCase, leadAssigned, openCase } from '../../../../test/builders/case-events.js';
import { memberAdded } from '../../../../test/builders/access-events.js';
import { given } from '../../../../test/builders/decide.js';
import { grantee } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { MemberRemoved } from '../members/remove-member.js';
import { assignCase, CaseAssigned } from './assign-case.js';
import { assignLead, CaseLeadAssigned } from './assign-lead.js';
import { CaseLeadRelieved, relieveLead } from './relieve-lead.js';
import { CaseUnassigned, unassignCase } from './unassign-case.js';

const removed = (id: string, kind: 'PERSON' | 'GROUP' = 'PERSON') =>
  event(MemberRemoved, { grantee: grantee(id, kind) });

describe('assignLead', () => {
  it('makes a member the lead, in place of another', () => {
    given(caseAggregate, ...openCase, memberAdded('rosa'), leadAssigned('ann'))
      .when(assignLead, commands.assignLead({ lead: 'rosa' }))
      .then(event(CaseLeadAssigned, { lead: 'rosa' }));
  });

  it.each([
    ['who is no member', []],
    ['whose membership ended', [memberAdded('legal'), removed('legal')]],
  ])('refuses one %s', (_who, more) => {
    given(caseAggregate, ...openCase, ...more)
      .when(assignLead, commands.assignLead({ lead: 'legal' }))
      .thenRefused('NOT_A_MEMBER');
  });

  it('refuses one who is a member by a group of that name alone', () => {
    const legal = { grantee: grantee('legal', 'GROUP'), rights: ['READ' as const] };
    given(caseAggregate, caseOpened({ members: [legal] }))
      .when(assignLead, commands.assignLead({ lead: 'legal' }))
      .thenRefused('NOT_A_MEMBER');
  });

  it('refuses who leads already; not who was removed and came back', () => {
    given(caseAggregate, ...openCase, leadAssigned('ann'))
      .when(assignLead, commands.assignLead())
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...openCase, memberAdded('bob'), leadAssigned('bob'), removed('bob'), memberAdded('bob'))
      .when(assignLead, commands.assignLead({ lead: 'bob' }))
      .then(event(CaseLeadAssigned, { lead: 'bob' }));
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(assignLead, commands.assignLead())
      .thenRefused('CASE_CLOSED');
  });
});

describe('relieveLead', () => {
  it('says who led the case', () => {
    given(caseAggregate, ...openCase, leadAssigned('ann'))
      .when(relieveLead, commands.relieveLead.full())
      .then(event(CaseLeadRelieved, { lead: 'ann', reason: 'She is away.' }));
  });

  it.each([
    ['nobody ever did', []],
    ['the lead was relieved', [leadAssigned('ann'), event(CaseLeadRelieved, { lead: 'ann' })]],
    ['the lead was removed as a member', [memberAdded('bob'), leadAssigned('bob'), removed('bob')]],
  ])('refuses where nobody leads: %s', (_why, more) => {
    given(caseAggregate, ...openCase, ...more)
      .when(relieveLead, commands.relieveLead())
      .thenRefused('NO_LEAD');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(relieveLead, commands.relieveLead())
      .thenRefused('CASE_CLOSED');
  });
});

describe('assignCase', () => {
  it('names those who were not assigned before', () => {
    given(caseAggregate, ...openCase, memberAdded('rosa'), caseAssigned('ann'))
      .when(assignCase, commands.assignCase({ assignees: ['ann', 'rosa'] }))
      .then(event(CaseAssigned, { assignees: ['rosa'] }));
  });

  it('takes again who was taken off it or removed as a member', () => {
    given(caseAggregate, ...openCase, caseAssigned('ann'), event(CaseUnassigned, { assignees: ['ann'] }))
      .when(assignCase, commands.assignCase())
      .then(event(CaseAssigned, { assignees: ['ann'] }));
    given(caseAggregate, ...openCase, memberAdded('bob'), caseAssigned('bob'), removed('bob'), memberAdded('bob'))
      .when(assignCase, commands.assignCase({ assignees: ['bob'] }))
      .then(event(CaseAssigned, { assignees: ['bob'] }));
  });

  it('refuses if one of them is no member', () => {
    given(caseAggregate, ...openCase)
      .when(assignCase, commands.assignCase({ assignees: ['ann', 'rosa'] }))
      .thenRefused('NOT_A_MEMBER');
  });

  it('refuses who are assigned already, more than a case can have, and on a closed case', () => {
    given(caseAggregate, ...openCase, caseAssigned('ann'))
      .when(assignCase, commands.assignCase())
      .thenRefused('NOTHING_CHANGED');
    const others = Array.from({ length: 100 }, (_, n) => `other ${n}`);
    given(caseAggregate, ...openCase, caseAssigned(...others))
      .when(assignCase, commands.assignCase())
      .thenRefused('LIMIT_EXCEEDED');
    given(caseAggregate, ...closedCase)
      .when(assignCase, commands.assignCase())
      .thenRefused('CASE_CLOSED');
  });
});

describe('unassignCase', () => {
  it('names those who were assigned', () => {
    given(caseAggregate, ...openCase, caseAssigned('ann', 'bob'))
      .when(unassignCase, commands.unassignCase({ assignees: ['bob', 'rosa'] }))
      .then(event(CaseUnassigned, { assignees: ['bob'] }));
  });

  it('refuses who is not assigned, who is no longer, and on a closed case', () => {
    given(caseAggregate, ...openCase)
      .when(unassignCase, commands.unassignCase())
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...openCase, memberAdded('bob'), caseAssigned('bob'), removed('bob'))
      .when(unassignCase, commands.unassignCase({ assignees: ['bob'] }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...closedCase)
      .when(unassignCase, commands.unassignCase())
      .thenRefused('CASE_CLOSED');
  });
});
