import { randomUUID } from 'node:crypto';

/** A line of an import. */
export interface Line {
  command: string;
  input: Record<string, unknown>;
}

/** A case with a party, an observation that names it and some notes: in this order alone they can be recorded. */
export function investigation(name: string, notes = 3): Line[] {
  const [caseId, partyId] = [randomUUID(), randomUUID()];
  const line = (command: string, input: object): Line => ({ command, input: { commandId: randomUUID(), ...input } });
  return [
    line('openCase', { caseId, title: name, kind: 'CASE', occurredAt: '2024-23' }),
    line('addParty', { caseId, partyId, partyKind: 'ORGANISATION', name }),
    line('observeSuspiciousActivity', {
      ...{ caseId, description: { text: 'Data left.' }, subjects: [partyId] },
      source: { assertedBy: partyId, grade: 'B2' },
    }),
    ...Array.from({ length: notes }, (_, n) => line('addNote', { caseId, text: { text: `Note ${n}` } })),
  ];
}

/** The file of those lines. */
export const text = (lines: readonly unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
