import { member } from './principals.js';
import { type Recorded, type Recording } from './recording.js';

/** What recording the invented investigation showed that its events do not hold. */
export interface Attempts {
  /**
   * The code that the investigator was refused with who tried to confirm what they had submitted; ACCEPTED if they
   * were not; NOT_TRIED if the confirmation was recorded by an earlier run.
   */
  ownConfirmation: string;
}

const en = (text: string): { text: string; language: string } => ({ text, language: 'en' });

/** An invented investigation that runs to its end, day by day. */
export async function recordInventedConfirmed(recording: Recording): Promise<Attempts> {
  const id = (name: string): string => recording.id(name);
  const violationId = id('violation');

  recording.startDay('2025-03-05');
  await openCase(recording);
  await recording.record('investigator', 'rateCase', 'severity', { severity: 'HIGH' });
  await recording.record('investigator', 'markCase', 'mark', { tlp: 'AMBER' });
  await recording.record('investigator', 'tagCase', 'tag', { tags: ['example'] });

  recording.startDay('2025-03-06');
  const observed = await recording.record('investigator', 'observeSuspiciousActivity', 'observation', {
    ...observation(
      recording,
      { min: 31, max: 44 },
      { exact: 1_200_000, approximate: true, asStated: 'about 1.2 million' },
    ),
    observationId: id('observation'),
  });
  await recording.record('investigator', 'suspectTechnique', 'technique', {
    techniqueId: id('technique'),
    framework: 'ATLAS',
    mitreId: 'AML.T0024.002',
    likelihood: 'LIKELY',
    confidence: 'LOW',
    about: [id('observation')],
  });

  recording.startDay('2025-03-07');
  const submitted = await allege(recording);

  recording.startDay('2025-03-10');
  const ownConfirmation = await confirm(recording, submitted.revision);

  recording.startDay('2025-03-11');
  await recording.record('counsel', 'recordDisclosure', 'disclosure', {
    disclosureId: id('disclosure'),
    audience: 'PARTNER',
    fromPartyId: id('halden'),
    toPartyId: id('brightwater'),
    description: en('Observation and allegation, as recorded up to 7 March 2025; not the confirmation of 10 March.'),
    disclosed: [
      { recordId: id('observation'), revision: observed.revision },
      { recordId: violationId, revision: submitted.revision },
    ],
    reportedAt: '2025-03-11',
  });

  recording.startDay('2025-03-12');
  const countermeasureId = id('suspension');
  await recording.record('investigator', 'recordCountermeasureTaken', 'suspension', {
    countermeasureId,
    countermeasureKind: 'ACCOUNT_SUSPENSION',
    description: en('The accounts were suspended.'),
    quantities: [{ of: 'ACCOUNTS', exact: 44 }],
    subjects: [id('quillon')],
    about: [violationId],
    byPartyId: id('halden'),
    source: { assertedBy: id('halden'), via: [] },
    occurredAt: '2025-03-12',
  });

  recording.startDay('2025-03-13');
  await recording.record('investigator', 'acknowledgeCountermeasure', 'acknowledged', {
    countermeasureId,
    byPartyId: id('brightwater'),
    acknowledgedAt: '2025-03-13',
  });

  recording.startDay('2025-03-14');
  await recording.record('investigator', 'correctObservation', 'correction', {
    ...observation(recording, { exact: 31 }, { exact: 900_000, approximate: true, asStated: 'about 0.9 million' }),
    observationId: id('observation'),
    reason: 'A clock error was found in the usage logs.',
  });

  recording.startDay('2025-03-17');
  await recording.record('counsel', 'addNote', 'note/licence', {
    noteId: id('note/licence'),
    text: en('Quillon Labs showed a research licence for the period.'),
    about: [id('quillon'), violationId],
  });
  await recording.record('counsel', 'reinstateViolation', 'reinstated', {
    violationId,
    reason: 'Quillon Labs showed a research licence for the period.',
  });
  await recording.record('reviewer', 'dismissViolation', 'dismissed', {
    violationId,
    reason: 'The research licence that Quillon Labs showed covers the period of the observation.',
  });
  await recording.record('investigator', 'liftCountermeasure', 'lifted', {
    countermeasureId,
    byPartyId: id('halden'),
    reason: 'The violation was dismissed.',
    occurredAt: '2025-03-17',
  });

  await closeAndReopen(recording);
  return { ownConfirmation };
}

async function openCase(recording: Recording): Promise<void> {
  await recording.record('investigator', 'openCase', 'case', {
    title: 'Unusual volumes from the completion API (example)',
    kind: 'SUSPICIOUS_ACTIVITY',
    description: en('Invented from beginning to end: the companies, the people and what they do.'),
    occurredAt: '2025-03-05',
    // Whoever is not named here cannot tell that the case exists.
    restricted: true,
    members: [member('counsel', 'CONTRIBUTE', 'CLOSE'), member('reviewer', 'CONTRIBUTE'), member('auditor')],
  });
  const party = (name: string, input: object): Promise<Recorded> =>
    recording.record('investigator', 'addParty', `party/${name}`, { partyId: recording.id(name), ...input });
  await party('halden', { partyKind: 'ORGANISATION', name: 'Halden Models', partyRoles: ['PROVIDER'] });
  await party('brightwater', { partyKind: 'ORGANISATION', name: 'Brightwater Cloud', partyRoles: ['PARTNER'] });
  await party('analyst', {
    partyKind: 'PERSON',
    partyRoles: ['OBSERVER', 'SOURCE'],
    description: en("Brightwater's analyst."),
  });
  await recording.record('investigator', 'receivePartnerNotification', 'call', {
    notificationId: recording.id('call'),
    fromPartyId: recording.id('brightwater'),
    toPartyId: recording.id('halden'),
    text: en(
      "Brightwater's analyst phoned Halden's counsel: they see some 40 accounts drawing unusual volumes from the completion API.",
    ),
    source: { assertedBy: recording.id('analyst'), via: [] },
    channel: 'PHONE',
    reportedAt: '2025-03-03T09:10Z',
    learnedAt: '2025-03-03T09:10Z',
  });
}

/** What the usage logs show: the same observation before and after its correction, but for the two counts. */
function observation(recording: Recording, accounts: object, requests: object): object {
  const halden = recording.id('halden');
  return {
    description: en('Our own usage logs show accounts drawing unusual volumes from the completion API.'),
    source: { assertedBy: halden, via: [], grade: 'B2' },
    observedBy: [halden],
    occurredAt: '2025-02-17/2025-03-03',
    observedAt: '2025-03-06',
    quantities: [
      { of: 'ACCOUNTS', ...accounts },
      { of: 'REQUESTS', ...requests },
    ],
  };
}

async function allege(recording: Recording): Promise<Recorded> {
  const violationId = recording.id('violation');
  await recording.record('investigator', 'addParty', 'party/quillon', {
    partyId: recording.id('quillon'),
    partyKind: 'ORGANISATION',
    name: 'Quillon Labs',
    partyRoles: ['CUSTOMER', 'SUBJECT'],
  });
  await recording.record('investigator', 'suspectViolation', 'suspected', {
    violationId,
    description: en('Quillon Labs may have drawn volumes from the completion API that its terms do not allow.'),
    source: { assertedBy: recording.id('halden'), via: [] },
    provisions: [{ document: 'Terms of Use', version: '2024-11', clause: '4.2' }],
    subjects: [recording.id('quillon')],
    about: [recording.id('observation')],
    occurredAt: '2025-02-17/2025-03-03',
  });
  await recording.record('investigator', 'allegeViolation', 'alleged', {
    violationId,
    grounds: 'The volumes that our usage logs show for 17 February to 3 March 2025.',
    allegedBy: recording.id('halden'),
  });
  return recording.record('investigator', 'submitViolationForReview', 'submitted', { violationId });
}

/** Four eyes: the submitter tries and is refused, the reviewer confirms. A refusal leaves no event to find later. */
async function confirm(recording: Recording, reviewedRevision: number): Promise<string> {
  const input = { violationId: recording.id('violation'), findings: 'The volumes break clause 4.2.', reviewedRevision };
  const due = (await violationStatus(recording)) === 'UNDER_REVIEW';
  const ownConfirmation = due
    ? ((await recording.refusal('investigator', 'confirmViolation', 'confirmed/own', input)) ?? 'ACCEPTED')
    : 'NOT_TRIED';
  if (ownConfirmation !== 'ACCEPTED') await recording.record('reviewer', 'confirmViolation', 'confirmed', input);
  return ownConfirmation;
}

async function violationStatus(recording: Recording): Promise<string | undefined> {
  const answer = await recording.ask<{ case: { violations: { nodes: { status: string }[] } } }>(
    'query ($caseId: ID!) { case(id: $caseId) { violations { nodes { status } } } }',
  );
  return answer.case.violations.nodes[0]?.status;
}

async function closeAndReopen(recording: Recording): Promise<void> {
  recording.startDay('2025-03-18');
  await recording.record('counsel', 'closeCase', 'closed', {
    resolution: 'NO_VIOLATION',
    reason: 'The violation was dismissed.',
    occurredAt: '2025-03-18',
  });
  recording.startDay('2025-03-20');
  await recording.record('counsel', 'reopenCase', 'reopened', {
    reason: 'Brightwater sent new evidence.',
    occurredAt: '2025-03-20',
  });
  await recording.record('counsel', 'receivePartnerNotification', 'evidence', {
    notificationId: recording.id('evidence'),
    fromPartyId: recording.id('brightwater'),
    toPartyId: recording.id('halden'),
    text: en('Brightwater sends new evidence.'),
    source: { assertedBy: recording.id('brightwater'), via: [] },
    reportedAt: '2025-03-20',
    learnedAt: '2025-03-20',
  });
  recording.startDay('2025-03-24');
  await recording.record('counsel', 'closeCase', 'closed/again', {
    resolution: 'UNSUBSTANTIATED',
    reason: 'The new evidence does not bear out the suspicion.',
    occurredAt: '2025-03-24',
  });
}
