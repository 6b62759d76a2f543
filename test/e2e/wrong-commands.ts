/** The id that a command may choose for what it creates. */
export const CREATES: Record<string, string> = {
  ...{ openCase: 'caseId', addParty: 'partyId', addNote: 'noteId', suspectViolation: 'violationId' },
  ...{ recordExhibit: 'exhibitId', observeSuspiciousActivity: 'observationId' },
  ...{ receivePartnerNotification: 'notificationId', notifyPartner: 'notificationId' },
  ...{ assertPrivilege: 'privilegeId', relateCases: 'caseRelationId', addExternalReference: 'referenceId' },
  ...{ recordPartyRelation: 'partyRelationId', assessIdentity: 'identityId', assessAttribution: 'attributionId' },
  suspectTechnique: 'techniqueId',
  recordIdentifier: 'identifierId',
  ...{ recordReport: 'reportId', recordStatement: 'statementId', recordProduct: 'productId', recordClaim: 'claimId' },
  ...{ recordImpact: 'impactId', proposeCountermeasure: 'countermeasureId' },
  ...{ recordCountermeasureTaken: 'countermeasureId', referToAuthority: 'referralId' },
  ...{ recordAuthorityRequest: 'authorityRequestId', openCooperation: 'cooperationId' },
  ...{ engageCounsel: 'counselEngagementId', recordTerms: 'termsId' },
  ...{ raiseQuestion: 'questionId', recordFinding: 'findingId', linkRecords: 'linkId' },
  ...{ recordKnowledge: 'knowledgeId', recordDisclosure: 'disclosureId' },
};
/** Whom a command names beside the record it is about: parties of the case, and records of any kind. */
export const PARTIES = [
  'fromPartyId',
  'toPartyId',
  'byPartyId',
  'allegedBy',
  'subjectId',
  'assessedBy',
  'assessedVia',
  'subjects',
  'observedBy',
  'source.assertedBy',
  'source.via',
  ...['reportPartyId', 'publisherId', 'authors', 'reliesOn', 'affiliationId', 'awareness.0.knowerId'],
  ...['providers', 'affected', 'authorityId', 'authorities', 'counsel', 'clientId'],
  ...['causation.source.assertedBy', 'causation.source.via', 'askedBy', 'knownTo'],
  ...['collectedBy', 'custodianId'],
];
export const RECORDS = [
  ...['evidenceId', 'competesWith', 'techniques', 'answers', 'support', 'against'],
  ...['exhibits', 'derivedFrom'],
  ...['fromRecordId', 'toRecordId', 'underRecordId', 'disclosed.0.recordId'],
  ...['about', 'recordId', 'inResponseTo', 'reportedIn', 'statedIn', 'claims.0.about', 'awareness.0.about'],
  ...[
    'citations.0.termsId',
    'relatedProducts.0.productId',
    'comparisons.0.comparedWith',
    'cost.comparedWith',
    'causation.causes',
  ],
];
/** Another case. */
export const CASES = ['otherCaseId', 'intoCaseId'];
/** What administrators do: keys, and what groups of the OIDC provider stand for. */
export const OF_GROUPS = ['mapGroup', 'unmapGroup'];
export const OF_KEYS = ['issueKey', 'revokeKey', 'loadTechniques', ...OF_GROUPS];
/** What stands outside all cases. */
export const OF_TERMS = ['recordTerms', 'correctTerms', 'addTermsVersion', 'correctTermsVersion'];
/** Counsel's own. */
export const OF_COUNSEL = ['assertPrivilege', 'waivePrivilege'];
export const OF_MARKS = ['markCase', 'markRecord', 'recordOriginatorConsent'];
/** Who sees a case and its records is said of closed cases too. */
export const OF_ACCESS = [
  ...['addMember', 'changeMember', 'removeMember', 'restrictCase', 'unrestrictCase', 'limitRecord', 'liftLimit'],
  ...OF_MARKS,
  ...OF_COUNSEL,
];
export const COMMANDS = [
  ...OF_ACCESS,
  ...['assignCase', 'assignLead', 'rateCase', 'relieveLead', 'tagCase', 'unassignCase', 'untagCase', 'retractRecord'],
  ...['addExternalReference', 'relateCases', 'mergeCase', 'unmergeCase'],
  ...['acknowledgeNotification', 'addNote', 'addParty', 'allegeViolation', 'amendCase', 'amendNote', 'amendParty'],
  ...['closeCase', 'confirmViolation', 'correctObservation', 'dismissViolation', 'notifyPartner'],
  ...['observeSuspiciousActivity', 'openCase', 'receivePartnerNotification', 'reinstateViolation', 'reopenCase'],
  ...[
    'recordPartyRelation',
    'correctPartyRelation',
    'recordIdentifier',
    'correctIdentifier',
    'assessIdentity',
    'correctIdentity',
  ],
  ...['assessAttribution', 'correctAttribution', 'reviseAssessment', 'weighEvidence'],
  ...['suspectTechnique', 'correctTechnique', 'establishTechnique', 'doubtTechnique'],
  ...['recordExhibit', 'correctExhibit', 'correctViolation'],
  ...['retractNote', 'submitViolationForReview', 'suspectViolation', 'withdrawNotification', 'withdrawObservation'],
  ...['recordReport', 'correctReport', 'recordStatement', 'correctStatement', 'recordProduct', 'correctProduct'],
  ...['recordClaim', 'correctClaim', 'recordImpact', 'correctImpact'],
  ...['proposeCountermeasure', 'recordCountermeasureTaken', 'approveCountermeasure', 'rejectCountermeasure'],
  ...['applyCountermeasure', 'liftCountermeasure', 'recordCountermeasureEffect', 'acknowledgeCountermeasure'],
  ...['correctCountermeasure', 'referToAuthority', 'correctReferral', 'recordAuthorityRequest'],
  ...['answerAuthorityRequest', 'correctAuthorityRequest', 'openCooperation', 'closeCooperation'],
  ...['correctCooperation', 'engageCounsel', 'endCounselEngagement', 'correctCounselEngagement'],
  ...['raiseQuestion', 'correctQuestion', 'assignQuestion', 'closeQuestion', 'reopenQuestion'],
  ...['recordFinding', 'correctFinding', 'linkRecords', 'correctLink', 'recordKnowledge', 'correctKnowledge'],
  ...['recordDisclosure', 'correctDisclosure', 'acknowledgeDisclosure'],
  ...['correctReceivedNotification', 'correctSentNotification'],
];
