import { type Service } from './service.js';

/** Opens eleven cases, and records seven notes and seven parties in the last; `other` has one note. */
export async function recordPages(service: Service): Promise<{ caseId: string; other: string }> {
  let caseId = '';
  let other = '';
  for (let n = 0; n < 11; n++) {
    // Titles repeat: an order by them alone says nothing.
    const opened = await service.done('openCase', { title: `Case ${n % 3}`, kind: n % 2 ? 'CASE' : 'INCIDENT' });
    other = caseId;
    caseId = opened.case.id as string;
  }
  for (let n = 0; n < 7; n++) await service.done('addNote', { caseId, text: { text: `Note ${n}` } });
  for (let n = 0; n < 7; n++) await service.done('addParty', { caseId, partyKind: 'PERSON', name: `Party ${n}` });
  await service.done('addNote', { caseId: other, text: { text: 'Elsewhere' } });
  return { caseId, other };
}
