import { ALL_RIGHTS, granteeName } from '#access/cases/case-access.js';
import { change, type Change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { CaseOpened } from '../cases/open-case.js';
import { MemberAdded } from './add-member.js';
import { MemberChanged } from './change-member.js';
import { completed, type CaseGrant, nameOf } from './grantee.js';
import { MemberRemoved } from './remove-member.js';

/** The members of a case, former ones too. What reads are decided by stands elsewhere (`member-access.ts`). */
export const memberModel = readModel({
  name: 'members',
  level: 'record',
  ofSubject: true,
  knownBy: null,
  text: [],
  handlers: [
    on(CaseOpened, ({ members = [] }, { actor }) => {
      const opener: CaseGrant = { grantee: { kind: 'PERSON', id: actor.id }, rights: [...ALL_RIGHTS] };
      const others = members.filter(({ grantee }) => nameOf(grantee) !== granteeName('PERSON', actor.id));
      return [opener, ...others].map(({ grantee, rights }) =>
        create(nameOf(grantee), { grantee, rights: completed(rights), withHistory: false, status: 'MEMBER' }),
      );
    }),
    on(MemberAdded, ({ grantee, rights, withHistory = false }, _recorded, current) => {
      const id = nameOf(grantee);
      const fields = { grantee, rights, withHistory, status: 'MEMBER' };
      return [current(id) ? change(id, fields) : create(id, fields)];
    }),
    on(MemberChanged, ({ grantee, rights, withHistory }, _recorded, current) => [
      placed(grantee, { rights, ...(withHistory !== undefined && { withHistory }) }, current),
    ]),
    on(MemberRemoved, ({ grantee }, _recorded, current) => [
      placed(grantee, { rights: [], withHistory: false, status: 'REMOVED' }, current),
    ]),
  ],
});

/** Whoever stands for a program that opened the case could once be changed as a member without being one: it is from then on. */
function placed(grantee: CaseGrant['grantee'], fields: Row, current: (id: string) => Row | undefined): Change {
  const id = nameOf(grantee);
  if (current(id)) return change(id, fields);
  return create(id, { grantee, withHistory: false, status: 'MEMBER', ...fields });
}
