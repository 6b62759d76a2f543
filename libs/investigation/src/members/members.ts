import { type Capability } from '../capability.js';
import { addMember } from './add-member.js';
import { changeMember } from './change-member.js';
import { memberAccess } from './member-access.js';
import { memberEvolution } from './member-evolution.js';
import { memberModel } from './member-read-model.js';
import { Member } from './member.js';
import { removeMember } from './remove-member.js';
import { restrictCase } from './restrict-case.js';
import { unrestrictCase } from './unrestrict-case.js';

export const members: Capability = {
  slices: [addMember, changeMember, removeMember, restrictCase, unrestrictCase],
  evolution: memberEvolution,
  access: memberAccess,
  readModel: memberModel,
  records: {
    mergedHere: false,
    type: Member,
    description: 'Who is a member of the case, former members too, last changed first.',
  },
};
