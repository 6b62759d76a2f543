import { AssignCase } from '#investigation/assignments/assign-case.js';
import { AssignLead } from '#investigation/assignments/assign-lead.js';
import { RelieveLead } from '#investigation/assignments/relieve-lead.js';
import { UnassignCase } from '#investigation/assignments/unassign-case.js';
import { RelateCases } from '#investigation/case-relations/relate-cases.js';
import { AddExternalReference } from '#investigation/references/add-external-reference.js';
import { MergeCase } from '#investigation/merges/merge-case.js';
import { UnmergeCase } from '#investigation/merges/unmerge-case.js';
import { AssessAttribution } from '#investigation/attributions/assess-attribution.js';
import { CorrectAttribution } from '#investigation/attributions/correct-attribution.js';
import { ReviseAssessment } from '#investigation/assessments/revise-assessment.js';
import { WeighEvidence } from '#investigation/assessments/weigh-evidence.js';
import { AmendCase } from '#investigation/cases/amend-case.js';
import { CloseCase } from '#investigation/cases/close-case.js';
import { OpenCase } from '#investigation/cases/open-case.js';
import { ReopenCase } from '#investigation/cases/reopen-case.js';
import { CorrectIdentifier } from '#investigation/identifiers/correct-identifier.js';
import { RecordIdentifier } from '#investigation/identifiers/record-identifier.js';
import { AssessIdentity } from '#investigation/identities/assess-identity.js';
import { CorrectIdentity } from '#investigation/identities/correct-identity.js';
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
import { AddNote } from '#investigation/notes/add-note.js';
import { AmendNote } from '#investigation/notes/amend-note.js';
import { RetractNote } from '#investigation/notes/retract-note.js';
import { AcknowledgeNotification } from '#investigation/notifications/acknowledge-notification.js';
import { NotifyPartner } from '#investigation/notifications/notify-partner.js';
import { ReceivePartnerNotification } from '#investigation/notifications/receive-partner-notification.js';
import { WithdrawNotification } from '#investigation/notifications/withdraw-notification.js';
import { CorrectReceivedNotification } from '#investigation/notifications/correct-received-notification.js';
import { CorrectSentNotification } from '#investigation/notifications/correct-sent-notification.js';
import { CorrectObservation } from '#investigation/observations/correct-observation.js';
import { ObserveSuspiciousActivity } from '#investigation/observations/observe-suspicious-activity.js';
import { WithdrawObservation } from '#investigation/observations/withdraw-observation.js';
import { AddParty } from '#investigation/parties/add-party.js';
import { AmendParty } from '#investigation/parties/amend-party.js';
import { CorrectPartyRelation } from '#investigation/party-relations/correct-party-relation.js';
import { RecordPartyRelation } from '#investigation/party-relations/record-party-relation.js';
import { AssertPrivilege } from '#investigation/privileges/assert-privilege.js';
import { WaivePrivilege } from '#investigation/privileges/waive-privilege.js';
import { AcknowledgeDisclosure } from '#investigation/disclosures/acknowledge-disclosure.js';
import { CorrectDisclosure } from '#investigation/disclosures/correct-disclosure.js';
import { RecordDisclosure } from '#investigation/disclosures/record-disclosure.js';
import { CorrectFinding } from '#investigation/findings/correct-finding.js';
import { RecordFinding } from '#investigation/findings/record-finding.js';
import { CorrectKnowledge } from '#investigation/knowledge/correct-knowledge.js';
import { RecordKnowledge } from '#investigation/knowledge/record-knowledge.js';
import { CorrectLink } from '#investigation/links/correct-link.js';
import { LinkRecords } from '#investigation/links/link-records.js';
import { AssignQuestion } from '#investigation/questions/assign-question.js';
import { CloseQuestion } from '#investigation/questions/close-question.js';
import { CorrectQuestion } from '#investigation/questions/correct-question.js';
import { RaiseQuestion } from '#investigation/questions/raise-question.js';
import { ReopenQuestion } from '#investigation/questions/reopen-question.js';
import { RetractRecord } from '#investigation/retractions/retract-record.js';
import { RateCase } from '#investigation/triage/rate-case.js';
import { TagCase } from '#investigation/triage/tag-case.js';
import { UntagCase } from '#investigation/triage/untag-case.js';
import { CorrectTechnique } from '#investigation/techniques/correct-technique.js';
import { DoubtTechnique } from '#investigation/techniques/doubt-technique.js';
import { EstablishTechnique } from '#investigation/techniques/establish-technique.js';
import { SuspectTechnique } from '#investigation/techniques/suspect-technique.js';
import { AllegeViolation } from '#investigation/violations/allege-violation.js';
import { ConfirmViolation } from '#investigation/violations/confirm-violation.js';
import { CorrectViolation } from '#investigation/violations/correct-violation.js';
import { DismissViolation } from '#investigation/violations/dismiss-violation.js';
import { ReinstateViolation } from '#investigation/violations/reinstate-violation.js';
import { SubmitViolationForReview } from '#investigation/violations/submit-violation-for-review.js';
import { SuspectViolation } from '#investigation/violations/suspect-violation.js';
import { builder } from './command-builder.js';
import {
  CASE,
  OTHER_CASE,
  caseRelation,
  disclosure,
  exhibit,
  finding,
  knowledge,
  link,
  note,
  notification,
  observation,
  partner,
  privilege,
  provider,
  reference,
  question,
  subject,
  violation,
} from './ids.js';
import { attribution, identifier, identity, partyRelation, rivalAttribution, technique } from './ids.js';
import { Dissent } from '#investigation/assessments/dissent.js';
import { exhibitCommands } from './exhibit-commands.js';
import { claimCommands, impactCommands, productCommands } from './product-commands.js';
import { authorityRequestCommands, cooperationCommands, counselEngagementCommands } from './response-commands.js';
import { countermeasureCommands, referralCommands } from './response-commands.js';
import { citation } from './terms.js';
import { reportCommands, statementCommands } from './statement-commands.js';
import { grantee, provision, quantity, source, text, translated } from './values.js';

const toReview = { violationId: violation };
const breachMore = {
  provisions: [provision()],
  violationKind: 'CIRCUMVENTION' as const,
  citations: [citation()],
  condition: text('If the accounts belong together.'),
  subjects: [subject],
  about: [partner],
  occurredAt: '2024',
};
const observed = { description: text('Large amounts of data left through the API.'), source: source(partner) };
const observedMore = {
  subjects: [subject],
  observedBy: [partner],
  occurredAt: '2024-09/2024-11',
  observedAt: '2024-23',
  quantities: [quantity({ asStated: 'large amounts' })],
  accessChannel: 'API' as const,
  product: 'Completion API',
  model: 'large-2',
  endpoint: '/v1/completions',
  techniques: [technique],
  exhibits: [exhibit],
};

const related = {
  fromPartyId: partner,
  partyRelationKind: 'LARGEST_INVESTOR_IN' as const,
  toPartyId: provider,
  source: source(partner),
};
const relatedMore = { qualifier: 'by far', period: '2023/..' };

/** An assessment with every field it has. */
const assessedMore = {
  likelihood: 'LIKELY' as const,
  confidence: 'LOW' as const,
  assessedBy: partner,
  assessedVia: [provider],
  assessmentBasis: text('The accounts were opened on one day.'),
  dissent: [Object.assign(new Dissent(), { partyId: subject, text: text('A coincidence.') })],
  assessedAt: '2025-02',
};
const attributed = { subjectId: subject, attributionKind: 'LINKED_TO' as const, toPartyId: partner };
const attributedMore = {
  stateResponsibility: 'IGNORED' as const,
  description: text('The subject is one of theirs.'),
  competesWith: [rivalAttribution],
};

const used = { framework: 'ATLAS' as const, mitreId: 'AML.T0024.002' };
const usedMore = {
  frameworkVersion: '5.7',
  techniqueName: 'Extract AI Model',
  tacticId: 'AML.TA0010',
  description: text('Prompts and answers were collected.'),
  subjects: [subject],
  about: [partner],
};

const identified = {
  subjectId: subject,
  identifierKind: 'ACCOUNT' as const,
  identifierValue: 'acct-1',
  source: source(partner),
};
const identifiedMore = { identifierIssuer: 'Halden', firstSeenAt: '2024-09', lastSeenAt: '2025-01' };

/** A mark with every field it has, as another originator's. */
const marked = {
  pap: 'RED' as const,
  originator: { organisation: 'acme', partyId: partner },
  tlp: 'AMBER' as const,
  recipients: [grantee('client', 'ORGANISATION')],
  reason: 'As its source asked.',
};

const asked = { text: text('Who acted?') };
const askedMore = { askedBy: partner, about: [subject] };
const found = { text: text('The partner did not.') };
const foundMore = {
  ...{ answers: [question], support: [partner], against: [provider] },
  ...{ likelihood: 'LIKELY' as const, confidence: 'LOW' as const, assessedBy: partner },
};
const linked = { fromRecordId: partner, linkKind: 'CORROBORATES' as const, toRecordId: provider };
const linkedMore = { assessedBy: subject, remark: text('In what was seen.') };
const knew = { about: [partner], source: source(partner) };
const knewMore = { knownTo: provider, learnedAt: '2025-01', channel: 'PHONE' as const, remark: text('By a call.') };
const told = { audience: 'PARTNER' as const, toPartyId: partner, disclosed: [{ recordId: subject, revision: 3 }] };
const toldMore = {
  ...{ fromPartyId: provider, underRecordId: provider, agreement: 'NDA of 2024', disclosedTlp: 'AMBER' as const },
  ...{ disclosedPap: 'GREEN' as const, channel: 'EMAIL' as const, reportedAt: '2025-03-11' },
  ...{ acknowledgementDue: '2025-03-14', description: text('For your eyes.') },
};

/** Valid commands, by the name of their mutation. */
export const commands = {
  openCase: builder(
    OpenCase,
    { title: 'Data pulled out of the API', kind: 'SUSPICIOUS_ACTIVITY' },
    {
      description: translated(),
      occurredAt: '2025-01-23',
      caseId: CASE,
      restricted: true,
      members: [{ grantee: grantee('rosa'), rights: ['READ', 'CONTRIBUTE'] }],
      severity: 'MEDIUM',
      priority: 'LOW',
      tags: ['API', 'Élan'],
    },
  ),
  amendCase: builder(
    AmendCase,
    { title: 'Model distillation' },
    { kind: 'CASE', description: text('Suspected distillation.'), reason: 'It grew.' },
  ),
  closeCase: builder(CloseCase, { resolution: 'UNSUBSTANTIATED' }, { reason: 'Nothing found.', occurredAt: '2025-03' }),
  reopenCase: builder(ReopenCase, { reason: 'A new report came in.' }, { occurredAt: '2025-04-01' }),
  rateCase: builder(RateCase, { severity: 'HIGH' }, { priority: 'CRITICAL', reason: 'It goes on.' }),
  tagCase: builder(TagCase, { tags: ['distillation', 'API'] }),
  untagCase: builder(UntagCase, { tags: ['api'] }),
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
  assignLead: builder(AssignLead, { lead: 'ann' }, { reason: 'She knows the partner.' }),
  relieveLead: builder(RelieveLead, {}, { reason: 'She is away.' }),
  assignCase: builder(AssignCase, { assignees: ['ann'] }, { reason: 'She reads logs.' }),
  unassignCase: builder(UnassignCase, { assignees: ['ann'] }, { reason: 'All is read.' }),
  relateCases: builder(
    RelateCases,
    { otherCaseId: OTHER_CASE, caseRelationKind: 'PARENT' },
    { reason: 'The same accounts.', caseRelationId: caseRelation },
  ),
  addExternalReference: builder(
    AddExternalReference,
    { system: 'Jira', externalId: 'SEC-12' },
    { url: 'https://jira.example.org/browse/SEC-12', referenceId: reference },
  ),
  mergeCase: builder(MergeCase, { intoCaseId: OTHER_CASE }, { reason: 'It is the same one.' }),
  unmergeCase: builder(UnmergeCase, {}, { reason: 'It is another one.' }),
  addParty: builder(
    AddParty,
    { partyKind: 'ORGANISATION' },
    { name: 'Acme', partyRoles: ['PARTNER', 'OBSERVER'], description: text('A partner.'), partyId: partner },
  ),
  amendParty: builder(
    AmendParty,
    { partyId: partner, name: 'Acme Inc.' },
    { partyKind: 'GROUP', partyRoles: ['PARTNER'], description: text('The partner.'), reason: 'Renamed.' },
  ),
  recordPartyRelation: builder(RecordPartyRelation, related, { ...relatedMore, partyRelationId: partyRelation }),
  correctPartyRelation: builder(
    CorrectPartyRelation,
    { partyRelationId: partyRelation, reason: 'Misread.', ...related, partyRelationKind: 'INVESTOR_IN' },
    relatedMore,
  ),
  recordIdentifier: builder(RecordIdentifier, identified, { ...identifiedMore, identifierId: identifier }),
  correctIdentifier: builder(
    CorrectIdentifier,
    { identifierId: identifier, ...identified, identifierValue: 'acct-2', reason: 'Mistyped.' },
    identifiedMore,
  ),
  assessIdentity: builder(
    AssessIdentity,
    { samePartyIds: [subject, partner] },
    { ...assessedMore, identityId: identity },
  ),
  correctIdentity: builder(
    CorrectIdentity,
    { identityId: identity, samePartyIds: [subject, provider], reason: 'The wrong one was named.' },
    assessedMore,
  ),
  assessAttribution: builder(AssessAttribution, attributed, {
    ...attributedMore,
    ...assessedMore,
    attributionId: attribution,
  }),
  correctAttribution: builder(
    CorrectAttribution,
    { attributionId: attribution, ...attributed, attributionKind: 'ACTS_FOR', reason: 'Misread.' },
    { ...attributedMore, ...assessedMore },
  ),
  reviseAssessment: builder(
    ReviseAssessment,
    { recordId: attribution, likelihood: 'UNLIKELY', reason: 'The dates do not fit.' },
    { ...assessedMore, likelihood: 'VERY_LIKELY' },
  ),
  weighEvidence: builder(
    WeighEvidence,
    { recordId: attribution, evidenceId: observation, bearing: 'FOR' },
    { remark: text('The times fit.') },
  ),
  suspectTechnique: builder(SuspectTechnique, used, { ...usedMore, ...assessedMore, techniqueId: technique }),
  correctTechnique: builder(
    CorrectTechnique,
    { techniqueId: technique, ...used, mitreId: 'AML.T0040', reason: 'Misread.' },
    { ...usedMore, ...assessedMore },
  ),
  establishTechnique: builder(
    EstablishTechnique,
    { techniqueId: technique },
    { ...assessedMore, reason: 'The prompts were found.' },
  ),
  doubtTechnique: builder(
    DoubtTechnique,
    { techniqueId: technique, reason: 'The prompts were of a test.' },
    assessedMore,
  ),
  ...exhibitCommands,
  observeSuspiciousActivity: builder(ObserveSuspiciousActivity, observed, {
    ...observedMore,
    observationId: observation,
  }),
  correctObservation: builder(
    CorrectObservation,
    { observationId: observation, reason: 'Counted again.', ...observed, description: text('Less than thought.') },
    observedMore,
  ),
  withdrawObservation: builder(WithdrawObservation, { observationId: observation, reason: 'A misreading.' }),
  receivePartnerNotification: builder(
    ReceivePartnerNotification,
    { fromPartyId: partner, text: text('We saw this.'), source: source(partner) },
    {
      toPartyId: provider,
      channel: 'EMAIL',
      reportedAt: '2024-12-01',
      learnedAt: '2024-12-02',
      about: [subject],
      notificationId: notification,
    },
  ),
  notifyPartner: builder(
    NotifyPartner,
    { toPartyId: partner, text: text('We look into it.') },
    {
      fromPartyId: provider,
      channel: 'PHONE',
      reportedAt: '2024-12-03',
      about: [subject],
      notificationId: notification,
    },
  ),
  acknowledgeNotification: builder(
    AcknowledgeNotification,
    { notificationId: notification },
    { byPartyId: partner, acknowledgedAt: '2024-12-04', remark: text('Thank you.') },
  ),
  withdrawNotification: builder(WithdrawNotification, {
    notificationId: notification,
    reason: 'It was about another case.',
  }),
  correctReceivedNotification: builder(
    CorrectReceivedNotification,
    {
      ...{ notificationId: notification, fromPartyId: partner, text: text('We saw that.'), source: source(partner) },
      reason: 'Misheard.',
    },
    { toPartyId: provider, channel: 'EMAIL', reportedAt: '2024-12-01', learnedAt: '2024-12-02', about: [subject] },
  ),
  correctSentNotification: builder(
    CorrectSentNotification,
    { notificationId: notification, toPartyId: partner, text: text('We looked into it.'), reason: 'Misheard.' },
    { fromPartyId: provider, channel: 'PHONE', reportedAt: '2024-12-03', about: [subject] },
  ),
  suspectViolation: builder(
    SuspectViolation,
    { description: text('Outputs were used to train a rival model.'), source: source(provider) },
    { ...breachMore, violationId: violation },
  ),
  correctViolation: builder(
    CorrectViolation,
    {
      ...{ ...toReview, description: text('Outputs were used to distil a model.'), source: source(provider) },
      reason: 'Too broad.',
    },
    breachMore,
  ),
  allegeViolation: builder(
    AllegeViolation,
    { ...toReview, grounds: 'The logs show it.' },
    { citations: [citation()], allegedBy: provider },
  ),
  submitViolationForReview: builder(SubmitViolationForReview, toReview, { remark: text('Read the logs first.') }),
  confirmViolation: builder(ConfirmViolation, {
    ...toReview,
    findings: 'It took place.',
    reviewedRevision: 0,
  }),
  dismissViolation: builder(DismissViolation, { ...toReview, reason: 'Another explanation holds.' }),
  reinstateViolation: builder(ReinstateViolation, { ...toReview, reason: 'New evidence.' }),
  addNote: builder(AddNote, { text: text('Ask the partner for dates.') }, { about: [partner], noteId: note }),
  amendNote: builder(AmendNote, { noteId: note, text: text('Ask for exact dates.') }, { reason: 'Clearer.' }),
  retractNote: builder(RetractNote, { noteId: note, reason: 'Done.' }),
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
  ...reportCommands,
  ...statementCommands,
  ...productCommands,
  ...claimCommands,
  ...impactCommands,
  ...countermeasureCommands,
  ...referralCommands,
  ...authorityRequestCommands,
  ...cooperationCommands,
  ...counselEngagementCommands,
  retractRecord: builder(RetractRecord, { recordId: note, reason: 'It belongs to another case.' }),
  raiseQuestion: builder(RaiseQuestion, asked, {
    ...{ ...askedMore, workedOnBy: [grantee('ann'), grantee('legal', 'GROUP')], questionId: question },
  }),
  correctQuestion: builder(
    CorrectQuestion,
    { questionId: question, text: text('Who acted, and for whom?'), reason: 'Too narrow.' },
    askedMore,
  ),
  assignQuestion: builder(AssignQuestion, { questionId: question, workedOnBy: [grantee('bob')] }),
  closeQuestion: builder(
    CloseQuestion,
    { questionId: question, questionOutcome: 'ANSWERED' },
    { reason: 'By the finding.' },
  ),
  reopenQuestion: builder(ReopenQuestion, { questionId: question, reason: 'More came.' }),
  recordFinding: builder(RecordFinding, found, { ...foundMore, findingId: finding }),
  correctFinding: builder(
    CorrectFinding,
    { findingId: finding, text: text('The partner did.'), reason: 'Read again.' },
    foundMore,
  ),
  linkRecords: builder(LinkRecords, linked, { ...linkedMore, linkId: link }),
  correctLink: builder(
    CorrectLink,
    { linkId: link, ...linked, linkKind: 'CONTRADICTS', reason: 'Read again.' },
    linkedMore,
  ),
  recordKnowledge: builder(RecordKnowledge, knew, { ...knewMore, knowledgeId: knowledge }),
  correctKnowledge: builder(
    CorrectKnowledge,
    { knowledgeId: knowledge, ...knew, about: [partner, subject], reason: 'They knew more.' },
    knewMore,
  ),
  recordDisclosure: builder(RecordDisclosure, told, { ...toldMore, disclosureId: disclosure }),
  correctDisclosure: builder(
    CorrectDisclosure,
    { disclosureId: disclosure, ...told, audience: 'REGULATOR', reason: 'It was the regulator.' },
    toldMore,
  ),
  acknowledgeDisclosure: builder(
    AcknowledgeDisclosure,
    { disclosureId: disclosure },
    { byPartyId: partner, acknowledgedAt: '2025-03-13', remark: text('Thank you.') },
  ),
};

export type CommandName = keyof typeof commands;
