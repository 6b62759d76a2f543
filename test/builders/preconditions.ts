import { type Actor } from '#event-sourcing/envelope.js';
import { type DecidedEvent } from '#event-sourcing/event.js';
import { type OriginatorConsentRecorded } from '#investigation/marks/record-originator-consent.js';
import { ann, asInvestigator, bob } from './actors.js';
import { type CommandName, commands } from './case-commands.js';
import {
  activityObserved,
  caseAssigned,
  caseMerged,
  caseTagged,
  leadAssigned,
  identifierRecorded,
  partyRelationRecorded,
  caseOpened,
  closedCase,
  noteAdded,
  notificationReceived,
  openCase,
  partnerNotified,
} from './case-events.js';
import {
  attributionAssessed,
  identityAssessed,
  rivalAssessed,
  techniqueEstablished,
  techniqueSuspected,
} from './assessment-events.js';
import { alleged, confirmed, suspected, underReview } from './violation-events.js';
import {
  disclosureRecorded,
  findingRecorded,
  knowledgeRecorded,
  questionClosed,
  questionRaised,
  recordsLinked,
} from './question-events.js';
import {
  caseRestricted,
  memberAdded,
  privilegeAsserted,
  recordLimited,
  recordMarked,
  caseMarked,
  consentRecorded,
} from './access-events.js';
import { CASE, note, otherProduct, question } from './ids.js';
import { exhibitRecorded, withExhibit } from './exhibit-events.js';
import { claimRecorded, impactRecorded, productRecorded, withProducts } from './product-events.js';
import {
  authorityRequestReceived,
  cooperationClosed,
  cooperationOpened,
  counselEngaged,
  counselEngagementEnded,
  countermeasureApplied,
  countermeasureApproved,
  countermeasureLifted,
  countermeasureProposed,
  countermeasureRejected,
  countermeasureTaken,
  referredToAuthority,
} from './response-events.js';
import { reportRecorded, statementRecorded } from './statement-events.js';
import { grantee } from './values.js';

interface Precondition {
  events: readonly DecidedEvent[];
  actor?: Actor;
  /** What a valid command says beside what its builder does. */
  over?: object;
}

const acme = { organisation: 'acme' };
/** What the builders mark with every field, as acme consents to it. */
const lower: Partial<OriginatorConsentRecorded> = {
  tlp: 'AMBER',
  pap: 'RED',
  recipients: [grantee('client', 'ORGANISATION')],
};
const shown = [...openCase, techniqueSuspected(), exhibitRecorded()];
const observed = [...shown, activityObserved()];
const notified = [...openCase, partnerNotified()];
const reported = [...openCase, reportRecorded()];
const proposed = [...openCase, countermeasureProposed()];
const taken = [...openCase, countermeasureTaken()];
const noted = [...openCase, noteAdded()];

const rivals = [...openCase, rivalAssessed()];
const attributed = [...rivals, attributionAssessed(), activityObserved()];

/** What must have happened for each command's builder to make one that is accepted. */
const preconditions: Record<CommandName, Precondition> = {
  openCase: { events: [] },
  amendCase: { events: openCase },
  closeCase: { events: openCase },
  reopenCase: { events: closedCase },
  rateCase: { events: openCase },
  tagCase: { events: openCase },
  untagCase: { events: [...openCase, caseTagged('API')] },
  addMember: { events: openCase },
  changeMember: { events: [...openCase, memberAdded('rosa')] },
  removeMember: { events: [...openCase, memberAdded('rosa')] },
  restrictCase: { events: openCase },
  unrestrictCase: { events: [...openCase, caseRestricted()] },
  assignLead: { events: openCase },
  relieveLead: { events: [...openCase, leadAssigned('ann')] },
  assignCase: { events: openCase },
  unassignCase: { events: [...openCase, caseAssigned('ann')] },
  relateCases: { events: openCase, actor: asInvestigator(ann) },
  addExternalReference: { events: openCase },
  mergeCase: { events: openCase, actor: asInvestigator(ann) },
  unmergeCase: { events: [...openCase, caseMerged()] },
  addParty: { events: [caseOpened()] },
  amendParty: { events: openCase },
  recordPartyRelation: { events: openCase },
  correctPartyRelation: { events: [...openCase, partyRelationRecorded()] },
  recordIdentifier: { events: openCase },
  correctIdentifier: { events: [...openCase, identifierRecorded()] },
  assessIdentity: { events: openCase },
  correctIdentity: { events: [...openCase, identityAssessed()] },
  assessAttribution: { events: rivals },
  correctAttribution: { events: attributed },
  reviseAssessment: { events: attributed },
  weighEvidence: { events: attributed },
  suspectTechnique: { events: openCase },
  correctTechnique: { events: [...openCase, techniqueSuspected()] },
  establishTechnique: { events: [...openCase, techniqueSuspected()] },
  doubtTechnique: { events: [...openCase, techniqueSuspected(), techniqueEstablished()] },
  recordExhibit: { events: withExhibit },
  correctExhibit: { events: [...withExhibit, exhibitRecorded()] },
  observeSuspiciousActivity: { events: shown },
  correctObservation: { events: observed },
  withdrawObservation: { events: observed },
  receivePartnerNotification: { events: openCase },
  notifyPartner: { events: openCase },
  acknowledgeNotification: { events: notified },
  withdrawNotification: { events: notified },
  correctReceivedNotification: { events: [...openCase, notificationReceived()] },
  correctSentNotification: { events: notified },
  suspectViolation: { events: openCase },
  correctViolation: { events: suspected },
  allegeViolation: { events: suspected },
  submitViolationForReview: { events: alleged },
  confirmViolation: { events: underReview, actor: bob, over: { reviewedRevision: underReview.length - 1 } },
  dismissViolation: { events: underReview },
  reinstateViolation: { events: confirmed },
  addNote: { events: openCase },
  amendNote: { events: noted },
  retractNote: { events: noted },
  limitRecord: { events: noted },
  liftLimit: { events: [...noted, recordLimited(note, 'ann')] },
  assertPrivilege: { events: noted },
  waivePrivilege: { events: [...noted, privilegeAsserted()] },
  markCase: {
    events: [...openCase, caseMarked({ tlp: 'RED', originator: acme }), consentRecorded({ markedId: CASE, ...lower })],
  },
  markRecord: { events: [...noted, recordMarked({ tlp: 'RED', originator: acme }), consentRecorded(lower)] },
  recordOriginatorConsent: { events: [...noted, recordMarked({ originator: acme })] },
  recordReport: { events: openCase },
  correctReport: { events: reported },
  recordStatement: { events: reported },
  correctStatement: { events: [...reported, statementRecorded()] },
  recordProduct: { events: [...openCase, productRecorded({ productId: otherProduct })] },
  correctProduct: { events: withProducts },
  recordClaim: { events: withProducts },
  correctClaim: { events: [...withProducts, claimRecorded()] },
  recordImpact: { events: [...withProducts, claimRecorded()] },
  correctImpact: { events: [...withProducts, claimRecorded(), impactRecorded()] },
  proposeCountermeasure: { events: openCase },
  recordCountermeasureTaken: { events: openCase },
  approveCountermeasure: { events: proposed },
  rejectCountermeasure: { events: proposed },
  applyCountermeasure: { events: proposed },
  liftCountermeasure: { events: taken },
  recordCountermeasureEffect: { events: taken },
  acknowledgeCountermeasure: { events: taken },
  correctCountermeasure: {
    events: [
      ...[...proposed, countermeasureRejected(), countermeasureApproved()],
      ...[countermeasureApplied(), countermeasureLifted()],
    ],
  },
  referToAuthority: { events: openCase },
  correctReferral: { events: [...openCase, referredToAuthority()] },
  recordAuthorityRequest: { events: openCase },
  answerAuthorityRequest: { events: [...openCase, authorityRequestReceived()] },
  correctAuthorityRequest: { events: [...openCase, authorityRequestReceived()] },
  openCooperation: { events: openCase },
  closeCooperation: { events: [...openCase, cooperationOpened()] },
  correctCooperation: { events: [...openCase, cooperationOpened(), cooperationClosed()] },
  engageCounsel: { events: openCase },
  endCounselEngagement: { events: [...openCase, counselEngaged()] },
  correctCounselEngagement: { events: [...openCase, counselEngaged(), counselEngagementEnded()] },
  retractRecord: { events: noted },
  raiseQuestion: { events: openCase },
  correctQuestion: { events: [...openCase, questionRaised()] },
  assignQuestion: { events: [...openCase, questionRaised()] },
  closeQuestion: { events: [...openCase, questionRaised(), findingRecorded({ answers: [question] })] },
  reopenQuestion: { events: [...openCase, questionRaised(), questionClosed()] },
  recordFinding: { events: [...openCase, questionRaised()] },
  correctFinding: { events: [...openCase, questionRaised(), findingRecorded()] },
  linkRecords: { events: openCase },
  correctLink: { events: [...openCase, recordsLinked()] },
  recordKnowledge: { events: openCase },
  correctKnowledge: { events: [...openCase, knowledgeRecorded()] },
  recordDisclosure: { events: openCase },
  correctDisclosure: { events: [...openCase, disclosureRecorded()] },
  acknowledgeDisclosure: { events: [...openCase, disclosureRecorded()] },
};

/** A command that is accepted after `events`, from `actor`: with every field it has (`full`), or with the required alone. */
export function acceptable(name: CommandName, shape: 'full' | 'minimal') {
  const { events, actor = ann, over } = preconditions[name];
  const build = shape === 'full' ? commands[name].full : commands[name];
  return { events, actor, command: build(over) };
}
