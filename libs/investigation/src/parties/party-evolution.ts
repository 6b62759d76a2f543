import { evolve } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { addRecord } from '../known-records.js';
import { PartyAdded } from './add-party.js';
import { PartyAmended } from './amend-party.js';
import { type PartyKind } from '../values/enums.js';

/** How the parties of a case follow from its events. */
export const partyEvolution = [
  evolve(PartyAdded, (state: CaseState, { partyId, partyKind, name, partyRoles, description }, { revision }) => {
    const party = {
      kind: 'party',
      revision,
      retracted: false,
      partyKind: partyKind as PartyKind,
      name,
      partyRoles: partyRoles ?? [],
      description,
    };
    addRecord(state, state.parties, partyId, party);
  }),
  evolve(PartyAmended, (state: CaseState, { partyId, partyKind, name, partyRoles, description }, { revision }) => {
    const party = state.parties.get(partyId)!;
    party.revision = revision;
    party.partyKind = partyKind ?? party.partyKind;
    party.name = name ?? party.name;
    party.partyRoles = partyRoles ?? party.partyRoles;
    party.description = description ?? party.description;
  }),
];
