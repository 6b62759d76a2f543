import { randomUUID } from 'node:crypto';
import { type Service } from './service.js';

export interface Step {
  sequence: number;
  id: string;
  recordedAt: string;
}

/** Records a case of one event after the other, and tells by a name for each which event that was. */
export async function recordCaseInSteps(service: Service) {
  const [observationId, partyId, noteId] = [randomUUID(), randomUUID(), randomUUID()];
  const step: Record<string, Step> = {};
  const opened = await service.done('openCase', { title: 'First title', kind: 'INCIDENT', occurredAt: '2025-01' });
  const { id: caseId, number } = opened.case as { id: string; number: string };
  const send = async (name: string, command: string, input: object) => {
    const { events } = await service.done(command, { caseId, ...input });
    step[name] = { ...events[0], recordedAt: '' };
  };
  step.opened = { ...opened.events[0], recordedAt: '' };
  const observed = (text: string, exact: number) => ({
    observationId,
    description: { text },
    source: { assertedBy: partyId },
    quantities: [{ of: 'ACCOUNTS', exact }],
  });
  await send('party', 'addParty', { partyId, partyKind: 'ORGANISATION', name: 'Halden' });
  await send('observed', 'observeSuspiciousActivity', observed('Forty-four accounts.', 44));
  await send('noted', 'addNote', { noteId, text: { text: 'Check the clocks.' } });
  await send('corrected', 'correctObservation', {
    ...observed('Thirty-one accounts.', 31),
    reason: 'A clock error.',
  });
  await send('amended', 'amendCase', { title: 'Second title', reason: 'Clearer.' });
  await send('closed', 'closeCase', { resolution: 'UNSUBSTANTIATED', reason: 'Thin.', occurredAt: '2025-03-18' });
  await send('reopened', 'reopenCase', { reason: 'More came.' });
  await send('closedAgain', 'closeCase', { resolution: 'WITHDRAWN' });
  await send('reopenedAgain', 'reopenCase', { reason: 'Not so.', occurredAt: '2025-05' });
  const { data } = await service.ask('{ events(after: "0", first: 100) { nodes { id recordedAt } } }');
  const times = new Map<string, string>(data.events.nodes.map((node: Step) => [node.id, node.recordedAt]));
  for (const one of Object.values(step)) one.recordedAt = times.get(one.id)!;
  return { caseId, number, observationId, partyId, noteId, step };
}
