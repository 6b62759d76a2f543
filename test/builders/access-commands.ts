import { MarkCase } from '#investigation/marks/mark-case.js';
import { MarkRecord } from '#investigation/marks/mark-record.js';
import { RecordOriginatorConsent } from '#investigation/marks/record-originator-consent.js';
import { LiftLimit } from '#investigation/limits/lift-limit.js';
import { LimitRecord } from '#investigation/limits/limit-record.js';
import { AddMember } from '#investigation/members/add-member.js';
import { ChangeMember } from '#investigation/members/change-member.js';
import { RemoveMember } from '#investigation/members/remove-member.js';
import { RestrictCase } from '#investigation/members/restrict-case.js';
import { UnrestrictCase } from '#investigation/members/unrestrict-case.js';
import { AssertPrivilege } from '#investigation/privileges/assert-privilege.js';
import { WaivePrivilege } from '#investigation/privileges/waive-privilege.js';
import { builder } from './command-builder.js';
import { note, partner, privilege } from './ids.js';
import { grantee } from './values.js';

/** A mark with every field it has, as another originator's. */
const marked = {
  pap: 'RED' as const,
  originator: { organisation: 'acme', partyId: partner },
  tlp: 'AMBER' as const,
  recipients: [grantee('client', 'ORGANISATION')],
  reason: 'As its source asked.',
};

/** Who may see and do what in a case. */
export const memberCommands = {
  addMember: builder(
    AddMember,
    { grantee: grantee('rosa'), rights: ['CONTRIBUTE'] },
    { withHistory: true, reason: 'She reviews.' },
  ),
  changeMember: builder(
    ChangeMember,
    { grantee: grantee('rosa'), rights: ['CONTRIBUTE', 'CLOSE'] },
    { withHistory: true, reason: 'She may close it.' },
  ),
  removeMember: builder(RemoveMember, { grantee: grantee('rosa') }, { reason: 'She left.' }),
  restrictCase: builder(RestrictCase, { reason: 'A source asked for it.' }),
  unrestrictCase: builder(UnrestrictCase, { reason: 'It is public now.' }),
};

/** What keeps records for some, and who may receive them. */
export const limitCommands = {
  limitRecord: builder(
    LimitRecord,
    { recordId: note, named: [grantee('ann'), grantee('bob'), grantee('legal', 'GROUP')] },
    { reason: 'It names a source.' },
  ),
  liftLimit: builder(LiftLimit, { recordId: note, reason: 'The source agreed.' }),
  assertPrivilege: builder(
    AssertPrivilege,
    { recordId: note, privilegeKind: 'LEGAL_ADVICE', basis: 'Advice asked for.', holder: grantee('ann') },
    { jurisdiction: 'US federal', named: [grantee('bob')], privilegeId: privilege },
  ),
  waivePrivilege: builder(WaivePrivilege, { privilegeId: privilege, reason: 'The client agreed.' }),
  markCase: builder(MarkCase, { tlp: 'GREEN' }, marked),
  markRecord: builder(MarkRecord, { recordId: note, tlp: 'GREEN' }, marked),
  recordOriginatorConsent: builder(
    RecordOriginatorConsent,
    { markedId: note, tlp: 'GREEN', originator: { organisation: 'acme' }, consentedBy: 'Mara Lind, CISO' },
    { pap: 'GREEN', recipients: [], consentedAt: '2025-02-01', channel: 'PHONE' },
  ),
};
