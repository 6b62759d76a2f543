import { randomUUID } from 'node:crypto';
import { ROLES, type RoleOrNone, SITUATIONS, type Situation } from './columns.js';
import { type Target } from './target.js';

/**
 * What is answered: `shown` something of the case, or `nothing` of it; `let-in` to record something (had the revision that was
 * expected been the case's); or the code of the refusal.
 */
export type Outcome = string;
export type Expectation = (role: RoleOrNone, situation: Situation) => Outcome;

/** An operation: what it is answered, and with which arguments it is asked about a case (without any unless given). */
export interface Row {
  expect: Expectation;
  args?: (target: Target) => Record<string, unknown>[];
}

/** Reads a table: a line for each role, a column for each situation. */
function table(text: string): Expectation {
  const [head, ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ +/));
  if (head.join() !== SITUATIONS.join()) throw new Error(`The columns are ${head.join()}.`);
  const rows = new Map(lines.map(([role, ...cells]) => [role, cells]));
  for (const role of ROLES) {
    if (rows.get(role)?.length !== SITUATIONS.length) throw new Error(`A line for ${role} is missing or too short.`);
  }
  return (role, situation) => rows.get(role)![SITUATIONS.indexOf(situation)];
}

/** Reading a case, or anything in it. */
const READS = table(`
                outside    open       reader     member
  INVESTIGATOR  nothing    shown      shown      shown
  COUNSEL       nothing    shown      shown      shown
  REVIEWER      nothing    shown      shown      shown
  AUDITOR       nothing    nothing    shown      shown
  ADMINISTRATOR nothing    nothing    shown      shown
  INTEGRATION   nothing    nothing    shown      shown
  PARTNER       nothing    nothing    shown      shown
  NONE          nothing    nothing    nothing    nothing
`);

/** Reading what was recorded before partners came to read the case: those to whom it is shared from then on do not. */
const READS_EARLIER: Expectation = (role, situation) =>
  role === 'PARTNER' && situation === 'reader' ? 'nothing' : READS(role, situation);

/** Reading the first of its events and, again, the last. */
const READS_BOTH: Expectation = (role, situation) =>
  role === 'PARTNER' && situation === 'reader' ? 'nothing,shown' : READS(role, situation);

/** Following one case. */
const FOLLOWS = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  shown      shown      shown
  COUNSEL       NOT_FOUND  shown      shown      shown
  REVIEWER      NOT_FOUND  shown      shown      shown
  AUDITOR       NOT_FOUND  NOT_FOUND  shown      shown
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  shown      shown
  INTEGRATION   NOT_FOUND  NOT_FOUND  shown      shown
  PARTNER       NOT_FOUND  NOT_FOUND  shown      shown
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** Asking who read a case, or was denied it: none of the answers names the case. */
const AUDITS = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  FORBIDDEN  FORBIDDEN  nothing
  COUNSEL       NOT_FOUND  FORBIDDEN  FORBIDDEN  nothing
  REVIEWER      NOT_FOUND  FORBIDDEN  FORBIDDEN  nothing
  AUDITOR       NOT_FOUND  NOT_FOUND  nothing    nothing
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  FORBIDDEN  nothing
  INTEGRATION   NOT_FOUND  NOT_FOUND  FORBIDDEN  nothing
  PARTNER       NOT_FOUND  NOT_FOUND  FORBIDDEN  nothing
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** Asking who could see the case: the events that the answer rests on are the case's. */
const LOOKS_UP = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  FORBIDDEN  FORBIDDEN  shown
  COUNSEL       NOT_FOUND  FORBIDDEN  FORBIDDEN  shown
  REVIEWER      NOT_FOUND  FORBIDDEN  FORBIDDEN  shown
  AUDITOR       NOT_FOUND  NOT_FOUND  shown      shown
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  FORBIDDEN  shown
  INTEGRATION   NOT_FOUND  NOT_FOUND  FORBIDDEN  shown
  PARTNER       NOT_FOUND  NOT_FOUND  FORBIDDEN  shown
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** Recording in a case. */
const CONTRIBUTES = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  let-in     FORBIDDEN  let-in
  COUNSEL       NOT_FOUND  let-in     FORBIDDEN  let-in
  REVIEWER      NOT_FOUND  let-in     FORBIDDEN  let-in
  AUDITOR       NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  INTEGRATION   NOT_FOUND  NOT_FOUND  FORBIDDEN  let-in
  PARTNER       NOT_FOUND  NOT_FOUND  FORBIDDEN  let-in
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** What takes a right that only members have: closing and reopening, saying who is a member. */
const AS_A_MEMBER = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  FORBIDDEN  FORBIDDEN  let-in
  COUNSEL       NOT_FOUND  FORBIDDEN  FORBIDDEN  let-in
  REVIEWER      NOT_FOUND  FORBIDDEN  FORBIDDEN  let-in
  AUDITOR       NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  INTEGRATION   NOT_FOUND  NOT_FOUND  FORBIDDEN  let-in
  PARTNER       NOT_FOUND  NOT_FOUND  FORBIDDEN  let-in
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** Counsel's own. */
const AS_COUNSEL = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  FORBIDDEN  FORBIDDEN  FORBIDDEN
  COUNSEL       NOT_FOUND  let-in     FORBIDDEN  let-in
  REVIEWER      NOT_FOUND  FORBIDDEN  FORBIDDEN  FORBIDDEN
  AUDITOR       NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  INTEGRATION   NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  PARTNER       NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** A privilege is waived by its holder, who may be a reader: whether it is theirs is decided later. */
const AS_HOLDER = table(`
                outside    open       reader     member
  INVESTIGATOR  NOT_FOUND  let-in     let-in     let-in
  COUNSEL       NOT_FOUND  let-in     let-in     let-in
  REVIEWER      NOT_FOUND  let-in     let-in     let-in
  AUDITOR       NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  ADMINISTRATOR NOT_FOUND  NOT_FOUND  FORBIDDEN  FORBIDDEN
  INTEGRATION   NOT_FOUND  NOT_FOUND  let-in     let-in
  PARTNER       NOT_FOUND  NOT_FOUND  let-in     let-in
  NONE          NOT_FOUND  NOT_FOUND  NOT_FOUND  NOT_FOUND
`);

/** Opening a case, asked for under an id that is taken: the one thing that tells of a case one may not see (docs/security.md). */
const OPENS = table(`
                outside        open           reader         member
  INVESTIGATOR  ALREADY_EXISTS ALREADY_EXISTS ALREADY_EXISTS ALREADY_EXISTS
  COUNSEL       ALREADY_EXISTS ALREADY_EXISTS ALREADY_EXISTS ALREADY_EXISTS
  REVIEWER      FORBIDDEN      FORBIDDEN      FORBIDDEN      FORBIDDEN
  AUDITOR       FORBIDDEN      FORBIDDEN      FORBIDDEN      FORBIDDEN
  ADMINISTRATOR FORBIDDEN      FORBIDDEN      FORBIDDEN      FORBIDDEN
  INTEGRATION   ALREADY_EXISTS ALREADY_EXISTS ALREADY_EXISTS ALREADY_EXISTS
  PARTNER       FORBIDDEN      FORBIDDEN      FORBIDDEN      FORBIDDEN
  NONE          FORBIDDEN      FORBIDDEN      FORBIDDEN      FORBIDDEN
`);

/** What administrators do, and nobody else; it tells them nothing of cases. */
const ADMINISTERS: Expectation = (role) => (role === 'ADMINISTRATOR' ? 'nothing' : 'FORBIDDEN');

/** Terms stand outside all cases: investigators and counsel record them. */
const recordsTerms =
  (outcome: Outcome): Expectation =>
  (role) =>
    role === 'INVESTIGATOR' || role === 'COUNSEL' ? outcome : 'FORBIDDEN';

/** Tells nobody anything of a case. */
const TELLS_NOTHING: Expectation = () => 'nothing';

const records: Row = { expect: CONTRIBUTES };
const asMember: Row = { expect: AS_A_MEMBER };
const reads: Row = { expect: READS };
const administers: Row = { expect: ADMINISTERS };
const steers: Row = { expect: (role) => (role === 'ADMINISTRATOR' ? 'NO_OTHER_STORE' : 'FORBIDDEN') };
const tellsNothing: Row = { expect: TELLS_NOTHING };

/**
 * Every operation there is, by its name: what each role is answered. A query, mutation, subscription, route or field with
 * arguments that is missing here fails the test, as does one here that there is not.
 */
export const EXPECTED: Readonly<Record<string, Row>> = {
  'query case': {
    ...reads,
    args: ({ caseId, number, before }) => [{ id: caseId }, { number }, { id: caseId, asOf: { sequence: before } }],
  },
  'query cases': { ...reads, args: ({ before }) => [{ first: 100 }, { first: 100, asOf: { sequence: before } }] },
  'query search': {
    ...reads,
    args: ({ number, before }) => [{ text: `"${number}"` }, { text: `"${number}"`, asOf: { sequence: before } }],
  },
  'query event': { expect: READS_BOTH, args: ({ eventIds }) => [{ id: eventIds[0] }, { id: eventIds.at(-1) }] },
  'query events': { ...reads, args: ({ caseId }) => [{ after: '0', first: 100, cases: [caseId] }] },
  'query trace': { expect: READS_EARLIER, args: ({ correlationId }) => [{ correlationId, first: 100 }] },
  'query accessReads': { expect: AUDITS, args: ({ caseId }) => [{ caseId }] },
  'query whoCouldSee': {
    expect: LOOKS_UP,
    args: ({ caseId, ids, before }) => [
      { caseId, first: 100 },
      { caseId, recordId: ids.noteId, first: 100 },
      { caseId, at: { sequence: before }, first: 100 },
    ],
  },
  'query terms': { ...tellsNothing, args: () => [{ id: randomUUID() }] },
  'query allTerms': { ...tellsNothing, args: () => [{ first: 100 }] },
  'query groups': administers,
  'query keys': administers,
  'query projections': administers,
  'query deconflictionRequests': tellsNothing,
  'query techniqueCatalogues': { ...tellsNothing, args: () => [{ framework: 'ATLAS' }] },

  'field Case.caseRelations': reads,
  'field Attribution.views': reads,
  'field Case.attributions': reads,
  'field Case.changes': { ...reads, args: () => [{ from: { sequence: 1 } }] },
  'field Case.exhibits': reads,
  'field Case.history': { ...reads, args: () => [{ first: 100 }] },
  'field Case.identifiers': reads,
  'field Case.identities': reads,
  'field Case.limits': reads,
  'field Case.markings': reads,
  'field Case.members': reads,
  'field Case.notes': reads,
  'field Case.notifications': reads,
  'field Case.observations': reads,
  'field Case.parties': reads,
  'field Case.partyRelations': reads,
  'field Case.privileges': reads,
  'field Case.reports': reads,
  'field Case.statements': reads,
  'field Case.products': reads,
  'field Case.claims': reads,
  'field Case.impacts': reads,
  'field Case.countermeasures': reads,
  'field Case.referrals': reads,
  'field Case.authorityRequests': reads,
  'field Case.cooperations': reads,
  'field Case.counselEngagements': reads,
  'field Case.retractions': reads,
  'field Case.references': reads,
  'field Case.questions': reads,
  'field Case.findings': reads,
  'field Case.links': reads,
  'field Case.knowledge': reads,
  'field Case.knowings': reads,
  'field Case.disclosures': reads,
  'field Case.disclosureLedger': { ...reads, args: () => [{ first: 5 }] },
  'field Case.origins': { ...reads, args: ({ ids }) => [{ recordId: ids.observationId }] },
  'field Case.timeline': { ...reads, args: () => [{ first: 20 }] },
  'field Case.techniques': reads,
  'field Case.violations': reads,
  'field Identity.views': reads,
  'field CaseConnection.totalCount': reads,
  'field Technique.views': reads,
  'field RecordedEvent.payload': { expect: READS_EARLIER, args: () => [{ stored: false }, { stored: true }] },

  'subscription events': { ...reads, args: ({ caseId }) => [{ after: '0', cases: [caseId] }] },
  'subscription caseEvents': { expect: FOLLOWS, args: ({ caseId }) => [{ caseId }] },

  'mutation openCase': { expect: OPENS },
  'mutation amendCase': records,
  'mutation closeCase': asMember,
  'mutation reopenCase': asMember,
  'mutation rateCase': records,
  'mutation tagCase': records,
  'mutation untagCase': records,
  'mutation assignLead': records,
  'mutation relieveLead': records,
  'mutation assignCase': records,
  'mutation unassignCase': records,
  'mutation relateCases': records,
  'mutation addExternalReference': records,
  'mutation mergeCase': asMember,
  'mutation unmergeCase': asMember,
  'mutation addParty': records,
  'mutation amendParty': records,
  'mutation recordPartyRelation': records,
  'mutation correctPartyRelation': records,
  'mutation recordIdentifier': records,
  'mutation correctIdentifier': records,
  'mutation assessIdentity': records,
  'mutation correctIdentity': records,
  'mutation assessAttribution': records,
  'mutation correctAttribution': records,
  'mutation reviseAssessment': records,
  'mutation weighEvidence': records,
  'mutation suspectTechnique': records,
  'mutation correctTechnique': records,
  'mutation establishTechnique': records,
  'mutation doubtTechnique': records,
  'mutation recordExhibit': records,
  'mutation correctExhibit': records,
  'mutation observeSuspiciousActivity': records,
  'mutation correctObservation': records,
  'mutation withdrawObservation': records,
  'mutation receivePartnerNotification': records,
  'mutation notifyPartner': records,
  'mutation acknowledgeNotification': records,
  'mutation withdrawNotification': records,
  'mutation correctReceivedNotification': records,
  'mutation correctSentNotification': records,
  'mutation suspectViolation': records,
  'mutation correctViolation': records,
  'mutation allegeViolation': records,
  'mutation submitViolationForReview': records,
  'mutation confirmViolation': records,
  'mutation dismissViolation': records,
  'mutation reinstateViolation': records,
  'mutation addNote': records,
  'mutation amendNote': records,
  'mutation retractNote': records,
  'mutation addMember': asMember,
  'mutation changeMember': asMember,
  'mutation removeMember': asMember,
  'mutation restrictCase': asMember,
  'mutation unrestrictCase': asMember,
  'mutation limitRecord': records,
  'mutation liftLimit': records,
  'mutation assertPrivilege': { expect: AS_COUNSEL },
  'mutation waivePrivilege': { expect: AS_HOLDER },
  'mutation markCase': records,
  'mutation markRecord': records,
  'mutation recordOriginatorConsent': records,
  'mutation recordReport': records,
  'mutation correctReport': records,
  'mutation recordStatement': records,
  'mutation correctStatement': records,
  'mutation recordProduct': records,
  'mutation correctProduct': records,
  'mutation recordClaim': records,
  'mutation correctClaim': records,
  'mutation recordImpact': records,
  'mutation correctImpact': records,
  'mutation proposeCountermeasure': records,
  'mutation recordCountermeasureTaken': records,
  'mutation approveCountermeasure': records,
  'mutation rejectCountermeasure': records,
  'mutation applyCountermeasure': records,
  'mutation liftCountermeasure': records,
  'mutation recordCountermeasureEffect': records,
  'mutation acknowledgeCountermeasure': records,
  'mutation correctCountermeasure': records,
  'mutation referToAuthority': records,
  'mutation correctReferral': records,
  'mutation recordAuthorityRequest': records,
  'mutation answerAuthorityRequest': records,
  'mutation correctAuthorityRequest': records,
  'mutation openCooperation': records,
  'mutation closeCooperation': records,
  'mutation correctCooperation': records,
  'mutation engageCounsel': records,
  'mutation endCounselEngagement': records,
  'mutation correctCounselEngagement': records,
  'mutation retractRecord': records,
  'mutation raiseQuestion': records,
  'mutation correctQuestion': records,
  'mutation assignQuestion': records,
  'mutation closeQuestion': records,
  'mutation reopenQuestion': records,
  'mutation recordFinding': records,
  'mutation correctFinding': records,
  'mutation linkRecords': records,
  'mutation correctLink': records,
  'mutation recordKnowledge': records,
  'mutation correctKnowledge': records,
  'mutation recordDisclosure': records,
  'mutation correctDisclosure': records,
  'mutation acknowledgeDisclosure': records,

  'mutation recordTerms': {
    expect: recordsTerms('nothing'),
    args: () => [{ title: 'Terms of Use', termsKind: 'TERMS_OF_USE', issuer: 'Halden Models' }],
  },
  'mutation correctTerms': {
    expect: recordsTerms('NOT_FOUND'),
    args: () => [
      { termsId: randomUUID(), title: 'Terms', termsKind: 'TERMS_OF_USE', issuer: 'Halden', reason: 'Misread.' },
    ],
  },
  'mutation addTermsVersion': {
    expect: recordsTerms('NOT_FOUND'),
    args: () => [{ termsId: randomUUID(), version: '2024-11' }],
  },
  'mutation correctTermsVersion': {
    expect: recordsTerms('NOT_FOUND'),
    args: () => [{ termsId: randomUUID(), version: '2024-11', reason: 'Misread.' }],
  },

  'mutation issueKey': {
    ...administers,
    args: ({ title }) => [{ principal: `of ${title}`, label: 'Another', actorKind: 'PERSON', principalRoles: [] }],
  },
  'mutation revokeKey': {
    expect: (role) => (role === 'ADMINISTRATOR' ? 'NOT_FOUND' : 'FORBIDDEN'),
    args: () => [{ keyId: '0000000000000000', reason: 'Lost.' }],
  },
  'mutation loadTechniques': {
    ...administers,
    args: () => [
      { framework: 'ATTACK', frameworkVersion: '17.1', entries: [{ mitreId: 'T1078', label: randomUUID() }] },
    ],
  },
  'mutation mapGroup': {
    ...administers,
    args: () => [{ group: randomUUID(), groupRoles: ['AUDITOR'] }],
  },
  'mutation unmapGroup': {
    expect: (role) => (role === 'ADMINISTRATOR' ? 'NOT_FOUND' : 'FORBIDDEN'),
    args: () => [{ group: 'never mapped' }],
  },
  'mutation pauseProjection': administers,
  'mutation resumeProjection': administers,
  'mutation retryProjection': administers,
  'mutation switchProjection': steers,
  'mutation rollbackProjection': steers,

  'route /events': { ...reads, args: ({ caseId }) => [{ after: '0', cases: caseId }] },
  'route /graphql': tellsNothing,
  // Without a line there is nothing to refuse.
  'route /import': tellsNothing,
  'route /health/live': tellsNothing,
  'route /health/ready': tellsNothing,
  'route /metrics': administers,
  'route /graphiql': tellsNothing,
  'route /graphiql/': tellsNothing,
  // Of the IDE's files the one that is made by the server: it names what `npm run demo` records, to whoever asks.
  'route /graphiql/*': tellsNothing,
};
