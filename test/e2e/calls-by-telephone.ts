import { randomUUID } from 'node:crypto';
import { type Service } from './service.js';

/** A case in which it was learned by telephone on Monday, 3 March 2025, what is recorded later; then more was told to others. */
export async function recordCalls(service: Service, key: string) {
  const names = [
    'caseId',
    'halden',
    'brightwater',
    'quillon',
    'call',
    'observation',
    'violation',
    'note',
    'told',
  ] as const;
  const ids = Object.fromEntries(names.map((name) => [name, randomUUID()])) as Record<(typeof names)[number], string>;
  const { caseId, halden, brightwater, quillon, call, observation, violation, note, told } = ids;
  const opened = await service.done('openCase', { caseId, title: 'Calls (example)', kind: 'SUSPICIOUS_ACTIVITY' }, key);
  const send = (name: string, input: object) => service.done(name, { caseId, ...input }, key);
  for (const [partyId, name] of Object.entries({
    [halden]: 'Halden',
    [brightwater]: 'Brightwater',
    [quillon]: 'Quillon',
  }))
    await send('addParty', { partyId, name, partyKind: 'ORGANISATION' });
  const source = { assertedBy: brightwater };
  const received = await send('receivePartnerNotification', {
    ...{
      notificationId: call,
      fromPartyId: brightwater,
      toPartyId: halden,
      text: { text: 'Some 40 accounts.' },
      source,
    },
    ...{ channel: 'PHONE', reportedAt: '2025-03-03T09:10:00Z', learnedAt: '2025-03-03T09:10:00Z', about: [quillon] },
  });
  await send('observeSuspiciousActivity', {
    ...{
      observationId: observation,
      description: { text: 'Usage logs.' },
      source: { assertedBy: halden, grade: 'B2' },
    },
    ...{ occurredAt: '2025-02-17/2025-03-03', subjects: [quillon] },
  });
  await send('suspectViolation', {
    ...{ violationId: violation, description: { text: 'Clause 4.2.' }, source: { assertedBy: halden } },
    about: [observation],
  });
  const alleged = await send('allegeViolation', { violationId: violation, grounds: 'The usage logs.' });
  await send('submitViolationForReview', { violationId: violation });
  await send('addNote', { noteId: note, text: { text: 'Ours alone.' } });
  await send('recordDisclosure', {
    ...{ disclosureId: told, audience: 'PARTNER', toPartyId: brightwater, fromPartyId: halden, channel: 'EMAIL' },
    disclosed: [{ recordId: observation }, { recordId: violation, revision: alleged.revision }],
    ...{ reportedAt: '2025-03-11', acknowledgementDue: '2025-03-14', disclosedTlp: 'AMBER', agreement: 'NDA' },
  });
  const correction = {
    ...{ observationId: observation, description: { text: 'Fewer.' }, source: { assertedBy: halden, grade: 'B2' } },
    ...{ occurredAt: '2025-02-17/2025-03-03', subjects: [quillon], reason: 'A clock error.' },
  };
  const corrected = await send('correctObservation', correction);
  return {
    ...{ ids, before: opened.sequence - 1, received: received.sequence, corrected: corrected.sequence },
    ...{ alleged: alleged.revision, send },
  };
}

export type Calls = Awaited<ReturnType<typeof recordCalls>>;
