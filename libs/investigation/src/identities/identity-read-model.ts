import { change, create, on, readModel } from '#read-models/read-model.js';
import { onAssessed, viewOf } from '../assessments/assessment-rows.js';
import { onRetracted } from '../correctable.js';
import { IdentityAssessed } from './assess-identity.js';
import { IdentityCorrected } from './correct-identity.js';

/** Whether parties of a case are one and the same. */
export const identityModel = readModel({
  name: 'identities',
  level: 'record',
  handlers: [
    on(IdentityAssessed, ({ identityId, samePartyIds, ...view }, recorded) => [
      create(identityId, { samePartyIds, ...viewOf(view, recorded), evidence: [], status: 'RECORDED' }),
    ]),
    on(IdentityCorrected, ({ identityId, samePartyIds, ...view }, recorded) => [
      change(identityId, { samePartyIds, ...viewOf(view, recorded), status: 'CORRECTED' }),
    ]),
    ...onAssessed('identity'),
    onRetracted('identity'),
  ],
});
