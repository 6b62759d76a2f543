import { type Capability } from '../capability.js';
import { assertPrivilege } from './assert-privilege.js';
import { privilegeAccess, privilegeEvolution } from './privilege-evolution.js';
import { privilegeModel } from './privilege-read-model.js';
import { Privilege } from './privilege.js';
import { waivePrivilege } from './waive-privilege.js';

export const privileges: Capability = {
  slices: [assertPrivilege, waivePrivilege],
  evolution: privilegeEvolution,
  access: privilegeAccess,
  readModel: privilegeModel,
  records: { type: Privilege, description: 'Privileges asserted on records of the case, last changed first.' },
};
