import { change, create, on, readModel } from '#read-models/read-model.js';
import { textColumn } from '../columns.js';
import { PrivilegeAsserted } from './assert-privilege.js';
import { PrivilegeWaived } from './waive-privilege.js';

/** The privileges asserted on a case's records. */
export const privilegeModel = readModel({
  name: 'privileges',
  level: 'record',
  columns: { recordId: textColumn('recordId') },
  partOf: ['recordId'],
  knownBy: 'recordId',
  handlers: [
    on(PrivilegeAsserted, ({ privilegeId, named = [], ...fields }) => [
      create(privilegeId, { ...fields, named, status: 'ASSERTED' }),
    ]),
    on(PrivilegeWaived, ({ privilegeId, reason }) => [
      change(privilegeId, { status: 'WAIVED', waiverReason: reason ?? null }),
    ]),
  ],
});
