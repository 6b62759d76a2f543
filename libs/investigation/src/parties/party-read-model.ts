import { change, create, on, readModel } from '#read-models/read-model.js';
import { given } from '../columns.js';
import { onRetracted } from '../correctable.js';
import { PartyAdded } from './add-party.js';
import { PartyAmended } from './amend-party.js';

/** The parties of a case. */
export const partyModel = readModel({
  name: 'parties',
  level: 'record',
  handlers: [
    on(PartyAdded, ({ partyId, ...fields }) => [create(partyId, { ...fields, status: 'RECORDED' })]),
    on(PartyAmended, ({ partyId, reason, ...fields }) => [change(partyId, { ...given(fields), status: 'AMENDED' })]),
    onRetracted('party'),
  ],
});
