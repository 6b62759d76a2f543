import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { bob } from '../../../../test/builders/actors.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { activityObserved, caseOpened, closedCase, openCase } from '../../../../test/builders/case-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, observation, partner } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { addParty, PartyAdded } from './add-party.js';

describe('addParty', () => {
  it('adds a party without a name under an id derived from the command', () => {
    const partyId = derivedId(`case-${CASE}`, 'c1');
    given(caseAggregate, caseOpened())
      .when(addParty, commands.addParty({ partyKind: 'UNIDENTIFIED_SUBJECT' }))
      .then(event(PartyAdded, { partyId, partyKind: 'UNIDENTIFIED_SUBJECT', partyRoles: [] }));
  });

  it('derives another id for another actor', () => {
    const partyId = derivedId(`case-${CASE}`, 'c1', bob);
    expect(partyId).not.toBe(derivedId(`case-${CASE}`, 'c1'));
    given(caseAggregate, caseOpened())
      .when(addParty, commands.addParty(), { actor: bob })
      .then(event(PartyAdded, { partyId, partyKind: 'ORGANISATION', partyRoles: [] }));
  });

  it('keeps all that was given, the id of the party too', () => {
    const { partyKind, name, partyRoles, description } = commands.addParty.full();
    given(caseAggregate, caseOpened())
      .when(addParty, commands.addParty.full())
      .then(event(PartyAdded, { partyId: partner, partyKind, name, partyRoles, description } as PartyAdded));
  });

  it('refuses an id that a party has', () => {
    given(caseAggregate, ...openCase)
      .when(addParty, commands.addParty({ partyId: partner }))
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses an id that a record of another kind has', () => {
    given(caseAggregate, ...openCase, activityObserved())
      .when(addParty, commands.addParty({ partyId: observation }))
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(addParty, commands.addParty())
      .thenRefused('CASE_CLOSED');
  });
});
