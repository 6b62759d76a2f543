import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { closedCase, openCase, partyRelationRecorded } from '../../../../test/builders/case-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, partner, partyRelation, provider, unknown } from '../../../../test/builders/ids.js';
import { source } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { PartyRelationRecorded, recordPartyRelation } from './record-party-relation.js';

const build = commands.recordPartyRelation;
const facts = {
  fromPartyId: partner,
  partyRelationKind: 'LARGEST_INVESTOR_IN' as const,
  toPartyId: provider,
  period: 'NOT_STATED',
  source: source(partner),
};

describe('recordPartyRelation', () => {
  it('records a relation of which no more is stated', () => {
    given(caseAggregate, ...openCase)
      .when(recordPartyRelation, build())
      .then(event(PartyRelationRecorded, { partyRelationId: derivedId(`case-${CASE}`, 'c1'), ...facts }));
  });

  it('keeps qualifier and period as they were stated', () => {
    given(caseAggregate, ...openCase)
      .when(recordPartyRelation, build.full())
      .then(
        event(PartyRelationRecorded, {
          ...facts,
          partyRelationId: partyRelation,
          qualifier: 'by far',
          period: '2023/..',
        }),
      );
  });

  it('takes the same relation as another source says it', () => {
    given(caseAggregate, ...openCase, partyRelationRecorded())
      .when(recordPartyRelation, build({ source: source(provider) }))
      .then(
        event(PartyRelationRecorded, {
          partyRelationId: derivedId(`case-${CASE}`, 'c1'),
          ...facts,
          source: source(provider),
        }),
      );
  });

  it.each([
    ['from whom', { fromPartyId: unknown }],
    ['to whom', { toPartyId: unknown }],
    ['who says it', { source: source(unknown) }],
    ['a relay', { source: source(partner, unknown) }],
  ])('refuses if %s is no party of this case', (_, change) => {
    given(caseAggregate, ...openCase)
      .when(recordPartyRelation, build(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses a relation of a party to itself', () => {
    given(caseAggregate, ...openCase)
      .when(recordPartyRelation, build({ toPartyId: partner }))
      .thenRefused('SAME_PARTY');
  });

  it('refuses an id that is taken', () => {
    given(caseAggregate, ...openCase, partyRelationRecorded())
      .when(recordPartyRelation, build.full())
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(recordPartyRelation, build())
      .thenRefused('CASE_CLOSED');
  });
});
