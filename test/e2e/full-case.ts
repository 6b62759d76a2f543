import { randomUUID } from 'node:crypto';
import { type Api } from './api.js';
import { recordAssessments, recordTechnique } from './full-case-assessments.js';
import { recordExhibits } from './full-case-exhibits.js';
import { recordFullTerms } from './full-terms.js';
import { publicRecordIds, publicRecords, type PublicRecordField } from './public-records.js';

/** What was sent to record a case, by mutation: inputs with every field they have, but commandId. */
export interface FullCase {
  caseId: string;
  /** One record of each kind, by the name of the field that names it. */
  ids: Record<RecordField, string>;
  inputs: Record<string, Record<string, unknown>>;
  /** The same of the commands on terms, which are of no case. */
  termsInputs: Record<string, Record<string, unknown>>;
}

export type RecordField =
  | ('partyId' | 'observationId' | 'notificationId' | 'violationId' | 'noteId' | 'privilegeId')
  | ('questionId' | 'findingId' | 'linkId' | 'knowledgeId' | 'disclosureId')
  | ('caseRelationId' | 'referenceId')
  | 'exhibitId'
  | ('partyRelationId' | 'identityId' | 'attributionId' | 'techniqueId' | 'identifierId')
  | PublicRecordField;

/** Records a case, by the key of this principal, by every command on cases there is, with every field of each; it ends reopened. */
export async function recordFullCase(
  service: Api,
  investigator: string,
  reviewer: string,
  principal = 'ines',
  correlationId = 'all of it',
): Promise<FullCase> {
  const [caseId, partyId, partnerId, observationId, sentId, violationId, noteId] = Array.from({ length: 7 }, () =>
    randomUUID(),
  );
  const [notificationId, privilegeId] = [randomUUID(), randomUUID()];
  const [caseRelationId, referenceId] = [randomUUID(), randomUUID()];
  const [questionId, findingId, linkId, knowledgeId, disclosureId] = Array.from({ length: 5 }, () => randomUUID());
  const inputs: FullCase['inputs'] = {};
  let revision = -1;
  const send = async (name: string, input: object, key = investigator): Promise<void> => {
    const expected = name === 'openCase' ? {} : { caseId };
    inputs[name] = { correlationId, ...expected, ...input };
    const { data, errors } = await service.command(name, inputs[name], key, 'revision');
    if (errors) throw new Error(JSON.stringify(errors));
    ({ revision } = data[name]);
  };
  const text = (words: string) => ({
    text: words,
    language: 'de',
    translation: { text: `${words} (translated)`, language: 'en', by: 'the desk' },
  });
  const source = { assertedBy: partnerId, via: [partyId], grade: 'B2' };
  const quantities = [
    { of: 'ACCOUNTS', min: 31, max: 44, approximate: false, asStated: '31 to 44' },
    { of: 'REQUESTS', exact: 1_200_000, approximate: true },
    { of: 'TOKENS', magnitude: 9 },
  ];

  const counsel = await service.keyFor('cora', ['COUNSEL']);
  const [opener, cora] = [principal, 'cora'].map((id) => ({ kind: 'PERSON', id }));
  const legal = { kind: 'GROUP', id: 'legal' };

  const termsId = randomUUID();
  const termsInputs: FullCase['inputs'] = {};
  const outside = async (name: string, input: object): Promise<void> => {
    termsInputs[name] = { correlationId, ...input };
    const { errors } = await service.command(name, termsInputs[name], investigator, 'revision');
    if (errors) throw new Error(JSON.stringify(errors));
  };
  await recordFullTerms(outside, termsId);
  const citations = [{ termsId, version: '2024-11', clause: '4.2' }];

  await send('openCase', {
    ...{ caseId, title: 'Everything', kind: 'INCIDENT' },
    ...{ description: text('Alles.'), occurredAt: '2025-01~' },
    ...{ restricted: false, members: [{ grantee: legal, rights: ['READ'] }] },
    ...{ severity: 'MEDIUM', priority: 'LOW', tags: ['Élan'] },
  });
  await send('rateCase', { severity: 'HIGH', priority: 'CRITICAL', reason: 'It goes on.' });
  await send('tagCase', { tags: ['API', 'distillation'] });
  await send('untagCase', { tags: ['api'] });
  // Another case, of which no more is recorded.
  const otherCaseId = randomUUID();
  await service.done('openCase', { caseId: otherCaseId, title: 'Another', kind: 'CASE' }, investigator);
  await send('relateCases', { otherCaseId, caseRelationKind: 'PARENT', reason: 'Alike.', caseRelationId });
  const ticket = { system: 'Jira', externalId: `SEC-${caseId}`, url: 'https://jira.example.org/browse/SEC-1' };
  await send('addExternalReference', { ...ticket, referenceId });
  await send('mergeCase', { intoCaseId: otherCaseId, reason: 'The same one.' });
  await send('unmergeCase', { reason: 'Another one.' });
  await send('assignLead', { lead: principal, reason: 'Who opened it.' });
  await send('relieveLead', { reason: 'Away.' });
  await send('assignCase', { assignees: [principal], reason: 'To read logs.' });
  await send('unassignCase', { assignees: [principal], reason: 'All is read.' });
  await send('amendCase', {
    ...{ title: 'Everything there is', kind: 'CASE' },
    ...{ description: text('Alles, was es gibt.'), reason: 'Clearer.' },
  });
  const provider = {
    partyKind: 'ORGANISATION',
    name: 'Halden',
    partyRoles: ['PROVIDER'],
    description: text('Anbieter.'),
  };
  await send('addParty', { partyId, ...provider });
  await send('addParty', { ...provider, partyId: partnerId, name: 'Brightwater', partyRoles: ['PARTNER', 'OBSERVER'] });
  await send('amendParty', {
    ...{ partyId, partyKind: 'GROUP', name: 'Halden Models', partyRoles: ['PROVIDER', 'AFFECTED'] },
    ...{ description: text('Die Anbieter.'), reason: 'Renamed.' },
  });
  const techniqueId = await recordTechnique(send, { partyId, partnerId });
  const exhibitId = await recordExhibits(send, { partyId, partnerId });
  const used = { accessChannel: 'API', product: 'Completion API', model: 'large-2', endpoint: '/v1/completions' };
  const observation = {
    ...{ ...used, techniques: [techniqueId], exhibits: [exhibitId] },
    ...{ description: text('Große Mengen.'), source, subjects: [partyId], observedBy: [partnerId], quantities },
    ...{ occurredAt: '2024-09/2024-11', observedAt: '2024-23' },
  };
  await send('observeSuspiciousActivity', { observationId, ...observation });
  await send('correctObservation', { observationId, ...observation, observedAt: '2024-24', reason: 'A clock error.' });
  const observed = revision;
  const assessed = await recordAssessments(send, { partyId, partnerId, observationId });
  const told = {
    text: text('Wir haben etwas gesehen.'),
    channel: 'EMAIL',
    reportedAt: '2025-01-23',
    about: [observationId],
  };
  await send('receivePartnerNotification', {
    ...{ notificationId, fromPartyId: partnerId, toPartyId: partyId, ...told },
    ...{ source, learnedAt: '2025-01-24T10:00:00Z' },
  });
  await send('notifyPartner', { notificationId: sentId, fromPartyId: partyId, toPartyId: partnerId, ...told });
  const received = { notificationId, fromPartyId: partnerId, toPartyId: partyId, ...told, source };
  await send('correctReceivedNotification', { ...received, learnedAt: '2025-01-24T11:00:00Z', reason: 'Misread.' });
  const sent = { notificationId: sentId, fromPartyId: partyId, toPartyId: partnerId, ...told };
  await send('correctSentNotification', { ...sent, channel: 'LETTER', reason: 'Misread.' });
  await send('acknowledgeNotification', {
    ...{ notificationId, byPartyId: partyId },
    ...{ acknowledgedAt: '2025-01-25', remark: text('Danke.') },
  });
  const breach = {
    ...{ violationId, description: text('Destillation.'), source, condition: text('Wenn es stimmt.') },
    ...{ provisions: [{ document: 'Terms of Use', version: '2024-11', clause: '4.2' }] },
    ...{ violationKind: 'CIRCUMVENTION', citations },
    ...{ subjects: [partnerId], about: [observationId, notificationId], occurredAt: '2024' },
  };
  await send('suspectViolation', breach);
  await send('allegeViolation', { violationId, grounds: 'The usage logs.', citations, allegedBy: partyId });
  await send('correctViolation', { ...breach, description: text('Destillation im Herbst.'), reason: 'Clearer.' });
  await send('submitViolationForReview', { violationId, remark: text('Zuerst die Logs lesen.') });
  await send('confirmViolation', { violationId, findings: 'It took place.', reviewedRevision: revision }, reviewer);
  await send('reinstateViolation', { violationId, reason: 'A licence was shown.' });
  await send('dismissViolation', { violationId, reason: 'The licence covers it.' }, reviewer);
  await send('addNote', { noteId, text: text('Nachfragen.'), about: [violationId] });
  await send('amendNote', { noteId, text: text('Noch einmal nachfragen.'), reason: 'No answer yet.' });
  await send('retractNote', { noteId, reason: 'Answered.' });
  const question = { questionId, askedBy: partnerId, about: [observationId] };
  await send('raiseQuestion', { ...question, text: text('Wer?'), workedOnBy: [opener] });
  await send('correctQuestion', { ...question, text: text('Wer war es?'), reason: 'Clearer.' });
  await send('assignQuestion', { questionId, workedOnBy: [opener, legal] });
  const finding = {
    ...{ findingId, text: text('Jemand.'), answers: [questionId], support: [observationId], against: [noteId] },
    ...{ likelihood: 'LIKELY', confidence: 'LOW', assessedBy: partnerId },
  };
  await send('recordFinding', finding);
  await send('correctFinding', { ...finding, likelihood: 'VERY_LIKELY', reason: 'More was read.' });
  await send('closeQuestion', { questionId, questionOutcome: 'ANSWERED', reason: 'By the finding.' });
  await send('reopenQuestion', { questionId, reason: 'For whom?' });
  const link = {
    linkId,
    fromRecordId: observationId,
    toRecordId: violationId,
    assessedBy: partyId,
    remark: text('Ja.'),
  };
  await send('linkRecords', { ...link, linkKind: 'CONTRADICTS' });
  await send('correctLink', { ...link, linkKind: 'CORROBORATES', reason: 'Read again.' });
  const knowledge = {
    ...{
      knowledgeId,
      knownTo: partnerId,
      about: [observationId],
      channel: 'PHONE',
      source,
      remark: text('Am Telefon.'),
    },
  };
  await send('recordKnowledge', { ...knowledge, learnedAt: '2024' });
  await send('correctKnowledge', { ...knowledge, learnedAt: '2024-23', reason: 'They said so.' });
  const disclosure = {
    ...{ disclosureId, audience: 'PARTNER', toPartyId: partnerId, fromPartyId: partyId, underRecordId: partnerId },
    ...{ agreement: 'NDA', disclosedTlp: 'AMBER', disclosedPap: 'GREEN', channel: 'EMAIL', reportedAt: '2025-03-11' },
    ...{ acknowledgementDue: '2025-03-14', description: text('Vertraulich.') },
    disclosed: [{ recordId: observationId, revision: observed }],
  };
  await send('recordDisclosure', { ...disclosure, channel: 'PORTAL' });
  await send('correctDisclosure', { ...disclosure, reason: 'It went by mail.' });
  await send('acknowledgeDisclosure', {
    ...{ disclosureId, byPartyId: partnerId, acknowledgedAt: '2025-03-13', remark: text('Danke.') },
  });
  await send('addMember', { grantee: cora, rights: ['READ', 'CONTRIBUTE'], withHistory: true, reason: 'She advises.' });
  const leading = { grantee: cora, rights: ['READ', 'CONTRIBUTE', 'CLOSE'], reason: 'She leads.' };
  await send('changeMember', { ...leading, withHistory: false });
  await send('removeMember', { grantee: legal, reason: 'Too many.' });
  await send('restrictCase', { reason: 'A source asked for it.' });
  await send('limitRecord', { recordId: noteId, named: [opener], reason: 'It names the source.' });
  await send('liftLimit', { recordId: noteId, reason: 'The source agreed.' });
  const privilege = {
    privilegeKind: 'LEGAL_ADVICE',
    basis: 'Advice.',
    jurisdiction: 'DE',
    holder: cora,
    named: [opener],
  };
  await send('assertPrivilege', { recordId: noteId, privilegeId, ...privilege }, counsel);
  await send('waivePrivilege', { privilegeId, reason: 'Agreed.' }, counsel);
  const mark = { pap: 'AMBER', originator: { organisation: 'brightwater', partyId: partnerId }, reason: 'They asked.' };
  const client = { kind: 'ORGANISATION', id: 'halden' };
  await send('markCase', { ...mark, tlp: 'GREEN', recipients: [] });
  await send('markRecord', { ...mark, recordId: noteId, tlp: 'AMBER', recipients: [client] });
  await send('recordOriginatorConsent', {
    ...{ markedId: noteId, tlp: 'GREEN', pap: 'GREEN', originator: mark.originator, recipients: [] },
    ...{ consentedBy: 'Mara Lind, CISO', consentedAt: '2025-02-01', channel: 'PHONE' },
  });
  await send('markRecord', { ...mark, recordId: noteId, tlp: 'GREEN', pap: 'GREEN', recipients: [] });
  const publicIds = publicRecordIds();
  for (const [name, input] of publicRecords(publicIds, { partyId, partnerId, observationId })) await send(name, input);
  await send('unrestrictCase', { reason: 'It is public now.' });
  await send('withdrawObservation', { observationId, reason: 'A misreading.' });
  await send('withdrawNotification', { notificationId: sentId, reason: 'Sent in error.' });
  const mistaken = randomUUID();
  await service.done('addParty', { caseId, correlationId, partyId: mistaken, partyKind: 'PERSON' }, investigator);
  await send('retractRecord', { recordId: mistaken, reason: 'Of another case.' });
  await send('closeCase', { resolution: 'NO_VIOLATION', reason: 'Covered.', occurredAt: '2025-03-18' });
  // The last one is read back: whoever asks from here on sees all of it.
  inputs.reopenCase = { correlationId, caseId, reason: 'More came.', occurredAt: '2025-03-20' };
  await service.done('reopenCase', inputs.reopenCase, investigator);
  const ids = { partyId, observationId, notificationId, violationId, noteId, privilegeId };
  const others = { questionId, findingId, linkId, knowledgeId, disclosureId, caseRelationId, referenceId };
  return { caseId, ids: { ...ids, ...others, ...publicIds, techniqueId, exhibitId, ...assessed }, inputs, termsInputs };
}
