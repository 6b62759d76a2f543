import { granteeName } from '#access/cases/case-access.js';
import { grant, onAccess, revoke } from '#read-models/access-changes.js';
import { ANYBODY } from '#read-models/access-filter.js';
import { CaseOpened } from '../cases/open-case.js';
import { MemberAdded } from './add-member.js';
import { MemberChanged } from './change-member.js';
import { nameOf } from './grantee.js';
import { MemberRemoved } from './remove-member.js';
import { CaseRestricted } from './restrict-case.js';
import { CaseUnrestricted } from './unrestrict-case.js';

/** Who sees the case, as reads find it: a member always may read. */
export const memberAccess = [
  onAccess(CaseOpened, ({ restricted, members = [] }, { actor }) => [
    ...(restricted ? [] : [grant(ANYBODY)]),
    grant(granteeName('PERSON', actor.id)),
    ...members.map(({ grantee }) => grant(nameOf(grantee))),
  ]),
  onAccess(MemberAdded, ({ grantee, withHistory }) => [grant(nameOf(grantee), withHistory)]),
  onAccess(MemberChanged, ({ grantee, withHistory }) =>
    withHistory === undefined ? [] : [{ op: 'history', name: nameOf(grantee), history: withHistory }],
  ),
  onAccess(MemberRemoved, ({ grantee }) => [revoke(nameOf(grantee))]),
  onAccess(CaseRestricted, () => [revoke(ANYBODY)]),
  onAccess(CaseUnrestricted, () => [grant(ANYBODY)]),
];
