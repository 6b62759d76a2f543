import 'reflect-metadata';
import { type DecidedEvent, storedEventOf } from '#event-sourcing/event.js';
import { checkPayload } from '#event-sourcing/payload-check.js';
import { type EventRegistry } from '#event-sourcing/registry.js';
import { loadEventSchemas } from '#event-sourcing/schema-files.js';
import { type AnySlice } from '#event-sourcing/slice.js';
import { type CommandName, commands } from '../../../test/builders/case-commands.js';
import { caseOpened } from '../../../test/builders/case-events.js';
import { decideOn, fold } from '../../../test/builders/decide.js';
import { acceptable } from '../../../test/builders/preconditions.js';
import { needed as neededTerms, recordedTerms } from '../../../test/builders/terms.js';
import { capabilities } from './capabilities.js';
import { caseAggregate } from './case-aggregate.js';
import { type CaseState } from './cases/case-state.js';
import { eventRegistry } from './event-classes.js';

const observation =
  'observationId description source subjects observedBy occurredAt observedAt quantities accessChannel product model endpoint techniques exhibits';
const exhibit =
  'exhibitId exhibitKind title exhibitNumber description source collectedAt collectedBy custodianId location mediaType sizeBytes sha256 derivedFrom';
const violation =
  'violationId description source provisions violationKind citations condition subjects about occurredAt';
const notification = 'notificationId fromPartyId toPartyId text channel reportedAt about';
const report =
  'reportId reportKind title description reportPartyId publisherId authors reliesOn language url publishedAt publishedAtInferred obtainedAt';
const statement =
  'statementId text source affiliationId capacity medium wording quotations claims awareness inResponseTo reportedIn about occurredAt';
const product =
  'productId productKind name version description providers availability licence provisions relatedProducts url releasedAt source';
const claim = 'claimId text source claimKind about statedIn comparisons criteriaAreExamples cost occurredAt';
const impact = 'impactId description source lossKind affected amount causation about occurredAt';
const countermeasure =
  'countermeasureId countermeasureKind description mitigation subjects quantities byPartyId about source';
const referral = 'referralId authorityId byPartyId description legalBasis reference channel about occurredAt source';
const authorityRequest =
  'authorityRequestId requestKind authorityId toPartyId description legalBasis jurisdiction reference channel confidential subjects about issuedAt occurredAt dueAt source';
const cooperation = 'cooperationId authorities byPartyId description legalBasis about source';
const counselEngagement = 'counselEngagementId counsel clientId description jurisdiction about source';

const question = 'questionId text askedBy about';
const finding = 'findingId text answers support against likelihood confidence assessedBy';
const link = 'linkId fromRecordId linkKind toRecordId assessedBy remark';
const knowledge = 'knowledgeId knownTo about learnedAt channel source remark';
const disclosure =
  'disclosureId audience toPartyId fromPartyId disclosed underRecordId agreement disclosedTlp disclosedPap channel reportedAt acknowledgementDue description';
const relation = 'partyRelationId fromPartyId partyRelationKind toPartyId qualifier period source';
const assessment = 'likelihood confidence assessedBy assessedVia assessmentBasis dissent assessedAt';
const attributed = 'attributionId subjectId attributionKind toPartyId stateResponsibility description competesWith';

const identified =
  'identifierId subjectId identifierKind identifierValue identifierIssuer firstSeenAt lastSeenAt source';
const used =
  'techniqueId framework mitreId frameworkVersion techniqueName tacticId catalogueRevision description subjects about';

/** What each command leads to: the event's stored type, and the fields its payload holds if everything is given. */
const table: Record<CommandName, [type: string, fields: string]> = {
  openCase: ['CaseOpened', 'number title kind description occurredAt restricted members severity priority tags'],
  amendCase: ['CaseAmended', 'title kind description reason'],
  closeCase: ['CaseClosed', 'resolution reason occurredAt'],
  reopenCase: ['CaseReopened', 'reason occurredAt'],
  rateCase: ['CaseRated', 'severity priority reason'],
  tagCase: ['CaseTagged', 'tags'],
  untagCase: ['CaseUntagged', 'tags'],
  addMember: ['MemberAdded', 'grantee rights withHistory reason'],
  changeMember: ['MemberChanged', 'grantee rights withHistory reason'],
  removeMember: ['MemberRemoved', 'grantee reason'],
  restrictCase: ['CaseRestricted', 'reason'],
  unrestrictCase: ['CaseUnrestricted', 'reason'],
  assignLead: ['CaseLeadAssigned', 'lead reason'],
  relieveLead: ['CaseLeadRelieved', 'lead reason'],
  assignCase: ['CaseAssigned', 'assignees reason'],
  unassignCase: ['CaseUnassigned', 'assignees reason'],
  relateCases: ['CasesRelated', 'caseRelationId otherCaseId caseRelationKind reason'],
  addExternalReference: ['ExternalReferenceAdded', 'referenceId system externalId url claim'],
  mergeCase: ['CaseMergedInto', 'intoCaseId claim reason'],
  unmergeCase: ['CaseUnmerged', 'intoCaseId reason'],
  addParty: ['PartyAdded', 'partyId partyKind name partyRoles description'],
  amendParty: ['PartyAmended', 'partyId partyKind name partyRoles description reason'],
  recordPartyRelation: ['PartyRelationRecorded', relation],
  correctPartyRelation: ['PartyRelationCorrected', `${relation} reason`],
  recordIdentifier: ['IdentifierRecorded', identified],
  correctIdentifier: ['IdentifierCorrected', `${identified} reason`],
  assessIdentity: ['IdentityAssessed', `identityId samePartyIds ${assessment}`],
  correctIdentity: ['IdentityCorrected', `identityId samePartyIds ${assessment} reason`],
  assessAttribution: ['AttributionAssessed', `${attributed} ${assessment}`],
  correctAttribution: ['AttributionCorrected', `${attributed} ${assessment} reason`],
  reviseAssessment: ['AssessmentRevised', `recordId recordKind ${assessment} reason`],
  weighEvidence: ['EvidenceWeighed', 'recordId recordKind evidenceId bearing remark'],
  suspectTechnique: ['TechniqueSuspected', `${used} ${assessment}`],
  correctTechnique: ['TechniqueCorrected', `${used} ${assessment} reason`],
  establishTechnique: ['TechniqueEstablished', `techniqueId ${assessment} reason`],
  doubtTechnique: ['TechniqueDoubted', `techniqueId ${assessment} reason`],
  recordExhibit: ['ExhibitRecorded', exhibit],
  correctExhibit: ['ExhibitCorrected', `${exhibit} reason`],
  observeSuspiciousActivity: ['SuspiciousActivityObserved', observation],
  correctObservation: ['ObservationCorrected', `${observation} reason`],
  withdrawObservation: ['ObservationWithdrawn', 'observationId reason'],
  receivePartnerNotification: ['PartnerNotificationReceived', `${notification} source learnedAt`],
  notifyPartner: ['PartnerNotified', notification],
  acknowledgeNotification: ['NotificationAcknowledged', 'notificationId byPartyId acknowledgedAt remark'],
  withdrawNotification: ['NotificationWithdrawn', 'notificationId reason'],
  correctReceivedNotification: ['ReceivedNotificationCorrected', `${notification} source learnedAt reason`],
  correctSentNotification: ['SentNotificationCorrected', `${notification} reason`],
  suspectViolation: ['TosViolationSuspected', violation],
  correctViolation: ['TosViolationCorrected', `${violation} reason`],
  allegeViolation: ['TosViolationAlleged', 'violationId grounds citations allegedBy'],
  submitViolationForReview: ['TosViolationSubmittedForReview', 'violationId remark'],
  confirmViolation: ['TosViolationConfirmed', 'violationId findings reviewedRevision'],
  dismissViolation: ['TosViolationDismissed', 'violationId reason'],
  reinstateViolation: ['TosViolationReinstated', 'violationId reason'],
  addNote: ['NoteAdded', 'noteId text about'],
  amendNote: ['NoteAmended', 'noteId text reason'],
  retractNote: ['NoteRetracted', 'noteId reason'],
  limitRecord: ['RecordLimited', 'recordId named reason'],
  liftLimit: ['LimitLifted', 'recordId reason'],
  assertPrivilege: ['PrivilegeAsserted', 'privilegeId recordId privilegeKind basis jurisdiction holder named'],
  waivePrivilege: ['PrivilegeWaived', 'privilegeId recordId reason'],
  markCase: ['CaseMarked', 'tlp pap originator recipients usedConsentId reason'],
  markRecord: ['RecordMarked', 'recordId tlp pap originator recipients usedConsentId reason'],
  recordOriginatorConsent: [
    'OriginatorConsentRecorded',
    'consentId markedId tlp pap originator recipients consentedBy consentedAt channel',
  ],
  recordReport: ['ReportRecorded', report],
  correctReport: ['ReportCorrected', `${report} reason`],
  recordStatement: ['StatementRecorded', statement],
  correctStatement: ['StatementCorrected', `${statement} reason`],
  recordProduct: ['ProductRecorded', product],
  correctProduct: ['ProductCorrected', `${product} reason`],
  recordClaim: ['ClaimRecorded', claim],
  correctClaim: ['ClaimCorrected', `${claim} reason`],
  recordImpact: ['ImpactRecorded', impact],
  correctImpact: ['ImpactCorrected', `${impact} reason`],
  proposeCountermeasure: ['CountermeasureProposed', `${countermeasure} occurredAt`],
  recordCountermeasureTaken: ['CountermeasureTaken', `${countermeasure} occurredAt`],
  approveCountermeasure: ['CountermeasureApproved', 'countermeasureId byPartyId remark occurredAt'],
  rejectCountermeasure: ['CountermeasureRejected', 'countermeasureId byPartyId reason occurredAt'],
  applyCountermeasure: ['CountermeasureApplied', 'countermeasureId byPartyId remark occurredAt'],
  liftCountermeasure: ['CountermeasureLifted', 'countermeasureId byPartyId reason occurredAt'],
  recordCountermeasureEffect: [
    'CountermeasureEffectObserved',
    'countermeasureId effectKind description quantities observedAt source',
  ],
  acknowledgeCountermeasure: ['CountermeasureAcknowledged', 'countermeasureId byPartyId remark acknowledgedAt'],
  correctCountermeasure: [
    'CountermeasureCorrected',
    `${countermeasure} proposedAt approvedAt rejectedAt appliedAt liftedAt reason`,
  ],
  referToAuthority: ['ReferredToAuthority', referral],
  correctReferral: ['ReferralCorrected', `${referral} reason`],
  recordAuthorityRequest: ['AuthorityRequestReceived', authorityRequest],
  answerAuthorityRequest: [
    'AuthorityRequestAnswered',
    'authorityRequestId answerKind description byPartyId about occurredAt',
  ],
  correctAuthorityRequest: ['AuthorityRequestCorrected', `${authorityRequest} reason`],
  openCooperation: ['CooperationOpened', `${cooperation} occurredAt`],
  closeCooperation: ['CooperationClosed', 'cooperationId reason occurredAt'],
  correctCooperation: ['CooperationCorrected', `${cooperation} openedAt closedAt reason`],
  engageCounsel: ['CounselEngaged', `${counselEngagement} occurredAt`],
  endCounselEngagement: ['CounselEngagementEnded', 'counselEngagementId reason occurredAt'],
  correctCounselEngagement: ['CounselEngagementCorrected', `${counselEngagement} engagedAt endedAt reason`],
  retractRecord: ['RecordRetracted', 'recordId recordKind reason'],
  raiseQuestion: ['QuestionRaised', `${question} workedOnBy`],
  correctQuestion: ['QuestionCorrected', `${question} reason`],
  assignQuestion: ['QuestionAssigned', 'questionId workedOnBy'],
  closeQuestion: ['QuestionClosed', 'questionId questionOutcome reason'],
  reopenQuestion: ['QuestionReopened', 'questionId reason'],
  recordFinding: ['FindingRecorded', finding],
  correctFinding: ['FindingCorrected', `${finding} reason`],
  linkRecords: ['RecordsLinked', link],
  correctLink: ['LinkCorrected', `${link} reason`],
  recordKnowledge: ['KnowledgeRecorded', knowledge],
  correctKnowledge: ['KnowledgeCorrected', `${knowledge} reason`],
  recordDisclosure: ['DisclosureRecorded', disclosure],
  correctDisclosure: ['DisclosureCorrected', `${disclosure} reason`],
  acknowledgeDisclosure: ['DisclosureAcknowledged', 'disclosureId byPartyId acknowledgedAt remark'],
};

const needed = {
  catalogue: { revision: 0 },
  ...neededTerms(...recordedTerms),
  number: { revision: 0 },
  claim: { revision: 0 },
  other: { revision: 0, state: fold(caseAggregate, [caseOpened()]) },
};
const slices = capabilities.flatMap((capability) => capability.slices);
const names = Object.keys(table) as CommandName[];

function decide(name: CommandName, shape: 'full' | 'minimal'): DecidedEvent {
  const slice = slices.find((one) => one.name === name) as AnySlice<CaseState>;
  const { events, actor, command } = acceptable(name, shape);
  const state = fold(caseAggregate, events);
  const circumstances = { actor, given: slice.gives?.(), needed };
  const decided = decideOn(caseAggregate, state, slice, command, circumstances);
  expect(decided).toHaveLength(1);
  return decided[0];
}

const fieldsOf = (name: CommandName): string[] => table[name][1].split(' ').sort();

describe('the payload of each command', () => {
  const schemas = loadEventSchemas();
  let registry: EventRegistry;
  beforeAll(() => {
    registry = eventRegistry(schemas);
  });

  it('is told for every command there is', () => {
    expect(names).toEqual(slices.map(({ name }) => name));
    expect(Object.keys(commands)).toEqual(names);
  });

  it.each(names)('%s: has exactly its fields, if all of them are given', (name) => {
    const { type, payload } = decide(name, 'full');
    expect(type).toBe(table[name][0]);
    expect(Object.keys(payload).sort()).toEqual(fieldsOf(name));
    expect(() => checkPayload(registry, type, payload)).not.toThrow();
  });

  it.each(names)('%s: has what is required, and what a default stands for', (name) => {
    const { type, payload } = decide(name, 'minimal');
    const required = schemas.get(`${type}.v1`)!.required ?? [];
    expect(Object.keys(payload)).toEqual(expect.arrayContaining(required));
    expect(Object.values(payload)).not.toContain(null);
    expect(() => checkPayload(registry, type, payload)).not.toThrow();
  });

  it.each(names)('%s: its event knows these fields and no others', (name) => {
    const [type] = table[name];
    const { version } = storedEventOf(registry.classes.find((known) => storedEventOf(known).type === type)!);
    expect(Object.keys(schemas.get(`${type}.v${version}`)!.properties).sort()).toEqual(fieldsOf(name));
  });
});
