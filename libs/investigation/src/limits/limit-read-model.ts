import { change, create, on, readModel } from '#read-models/read-model.js';
import { LimitLifted } from './lift-limit.js';
import { RecordLimited } from './limit-record.js';

/** The limits of a case's records, each under the id of its record: whoever may not see that does not see this. */
export const limitModel = readModel({
  name: 'limits',
  level: 'record',
  handlers: [
    on(RecordLimited, ({ recordId, named = [], reason }, _recorded, current) => {
      const fields = { named, reason: reason ?? null, status: 'LIMITED' };
      return [current(recordId) ? change(recordId, fields) : create(recordId, fields)];
    }),
    on(LimitLifted, ({ recordId, reason }) => [change(recordId, { named: [], reason, status: 'LIFTED' })]),
  ],
});
