import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import {
  activityObserved,
  caseClosed,
  caseOpened,
  openCase,
  partyAdded,
} from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { observation, partner, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { amendParty, PartyAmended } from './amend-party.js';

const acme = [
  caseOpened(),
  partyAdded(partner, { name: 'Acme', partyRoles: ['PARTNER', 'OBSERVER'], description: text('A partner.') }),
];

describe('amendParty', () => {
  it('records what changes, and nothing of what stays', () => {
    given(caseAggregate, ...acme)
      .when(amendParty, commands.amendParty({ name: 'Acme Inc.' }))
      .then(event(PartyAmended, { partyId: partner, name: 'Acme Inc.' }));
  });

  it('records everything that is given', () => {
    const { partyId, partyKind, name, partyRoles, description, reason } = commands.amendParty.full();
    given(caseAggregate, ...acme)
      .when(amendParty, commands.amendParty.full())
      .then(event(PartyAmended, { partyId, partyKind, name, partyRoles, description, reason } as PartyAmended));
  });

  it('can take all roles away', () => {
    given(caseAggregate, ...acme)
      .when(amendParty, commands.amendParty({ name: null, partyRoles: [] }))
      .then(event(PartyAmended, { partyId: partner, partyRoles: [] }));
  });

  it.each([
    ['nothing but a reason', { name: null, reason: 'Because.' }],
    ['the same name', { name: 'Acme' }],
    [
      'the same roles and text',
      { name: null, partyRoles: ['PARTNER' as const, 'OBSERVER' as const], description: text('A partner.') },
    ],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...acme)
      .when(amendParty, commands.amendParty(change))
      .thenRefused('NOTHING_CHANGED');
  });

  it('tells apart from what was amended last', () => {
    const amended = event(PartyAmended, { partyId: partner, name: 'Acme Inc.' });
    given(caseAggregate, ...acme, amended)
      .when(amendParty, commands.amendParty())
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...acme, amended)
      .when(amendParty, commands.amendParty({ name: 'Acme' }))
      .then(event(PartyAmended, { partyId: partner, name: 'Acme' }));
  });

  it.each([
    ['an unknown id', unknown],
    ['the id of a record of another kind', observation],
  ])('refuses %s', (_, partyId) => {
    given(caseAggregate, ...openCase, activityObserved())
      .when(amendParty, commands.amendParty({ partyId }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...acme, caseClosed())
      .when(amendParty, commands.amendParty())
      .thenRefused('CASE_CLOSED');
  });
});
