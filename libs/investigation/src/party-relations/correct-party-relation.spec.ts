import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, partyRelationRecorded, recordRetracted } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { partner, partyRelation, provider, unknown } from '../../../../test/builders/ids.js';
import { source } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { correctPartyRelation, PartyRelationCorrected } from './correct-party-relation.js';

const build = commands.correctPartyRelation;
const recorded = [...openCase, partyRelationRecorded({ qualifier: 'by far' })];
const corrected = event(PartyRelationCorrected, {
  ...{ partyRelationId: partyRelation, fromPartyId: partner, partyRelationKind: 'INVESTOR_IN', toPartyId: provider },
  ...{ period: 'NOT_STATED', source: source(partner), reason: 'Misread.' },
});

describe('correctPartyRelation', () => {
  it('replaces the relation whole: the qualifier that is omitted is no longer stated', () => {
    given(caseAggregate, ...recorded)
      .when(correctPartyRelation, build())
      .then(corrected);
  });

  it('refuses what says exactly the same as was recorded or corrected last', () => {
    given(caseAggregate, ...recorded)
      .when(correctPartyRelation, build({ partyRelationKind: 'LARGEST_INVESTOR_IN', qualifier: 'by far' }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...recorded, corrected)
      .when(correctPartyRelation, build())
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses a retracted relation', () => {
    given(caseAggregate, ...recorded, recordRetracted(partyRelation, 'partyRelation'))
      .when(correctPartyRelation, build())
      .thenRefused('RECORD_RETRACTED');
  });

  it.each([
    ['an unknown relation', { partyRelationId: unknown }],
    ['the id of a record of another kind', { partyRelationId: partner }],
    ['an unknown party', { toPartyId: unknown }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...recorded)
      .when(correctPartyRelation, build(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses a relation of a party to itself', () => {
    given(caseAggregate, ...recorded)
      .when(correctPartyRelation, build({ toPartyId: partner }))
      .thenRefused('SAME_PARTY');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...recorded, caseClosed())
      .when(correctPartyRelation, build())
      .thenRefused('CASE_CLOSED');
  });
});
