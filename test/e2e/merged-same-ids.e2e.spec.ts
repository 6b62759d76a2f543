import { randomUUID } from 'node:crypto';
import { Service } from './service.js';

const NOTE = 'record { ... on Note { text { text } } }';
const QUERY = `query ($id: ID!, $seen: ID!, $at: Sequence) { case(id: $id) {
  timeline { nodes { place after ${NOTE} recordId } }
  origins(recordId: $seen) { corroboratedBy origins { parties } }
  disclosureLedger(comparedAt: { sequence: $at }) { nodes { disclosure { id mergedFrom }
    told { recordId differences { field } } untold { recordId recordKind knownRevision } } } } }`;

describe('cases that were merged and have records of the same ids', () => {
  let service: Service;
  let answer: any;
  const [one, two, note, seen, mine, theirs, paper] = Array.from({ length: 7 }, () => randomUUID());
  beforeAll(async () => {
    service = await Service.start();
    const ines = await service.keyFor('ines');
    const send = (name: string, input: object) => service.done(name, input, ines);
    for (const [caseId, partyId, title] of [
      [one, mine, 'One'],
      [two, theirs, 'Two'],
    ]) {
      await send('openCase', { caseId, title, kind: 'CASE' });
      await send('addParty', { caseId, partyId, partyKind: 'ORGANISATION' });
      await send('addNote', { caseId, noteId: note, text: { text: title } });
      const said = { description: { text: title }, source: { assertedBy: partyId }, occurredAt: '2025' };
      await send('observeSuspiciousActivity', { caseId, observationId: seen, ...said });
      const disclosed = [{ recordId: caseId === one ? note : seen }];
      await send('recordDisclosure', { caseId, disclosureId: paper, audience: 'PUBLIC', disclosed });
    }
    const told = { audience: 'PARTNER', toPartyId: mine, disclosed: [{ recordId: note }] };
    await send('recordDisclosure', { caseId: one, ...told });
    await send('linkRecords', { caseId: one, fromRecordId: seen, toRecordId: note, linkKind: 'CORROBORATES' });
    await send('linkRecords', { caseId: two, fromRecordId: seen, toRecordId: note, linkKind: 'OCCURRED_BEFORE' });
    await send('amendNote', { caseId: two, noteId: note, text: { text: 'Two, amended' } });
    const { sequence: at } = await send('mergeCase', { caseId: two, intoCaseId: one });
    const { data, errors } = await service.ask(QUERY, { id: one, seen, at }, ines);
    expect(errors).toBeUndefined();
    answer = data.case;
  });
  afterAll(() => service.stop());

  it('have each its own place in time, by what its own case says of it', () => {
    const notes = (answer.timeline.nodes as any[]).filter(({ recordId }) => recordId === note);
    const placed = notes.map(({ place, after, record }) => [record.text.text, place, after]);
    expect(placed.sort()).toEqual([
      ['One', 'UNDATED', []],
      ['Two, amended', 'ANCHORED', [seen]],
    ]);
  });

  it('go back to their own origins: those of the case asked about first', () => {
    expect(answer.origins).toEqual({ corroboratedBy: [note], origins: [{ parties: [mine] }] });
  });

  it('are told and not told each by itself', () => {
    const [{ told, untold }] = answer.disclosureLedger.nodes;
    expect(told).toEqual([{ recordId: note, differences: [] }]);
    const ofSameIds = (untold as any[]).filter(({ recordId }) => [note, seen].includes(recordId));
    expect(ofSameIds.map(({ recordKind }) => recordKind).sort()).toEqual(['note', 'observation', 'observation']);
  });

  it('are published each by itself, also by disclosures of the same id', () => {
    const papers = (answer.disclosureLedger.nodes as any[]).filter(({ disclosure }) => disclosure.id === paper);
    const untold = papers.map(({ disclosure, untold }) => [
      disclosure.mergedFrom,
      (untold as any[]).map(({ recordId }) => recordId).filter((id) => [note, seen, paper].includes(id)),
    ]);
    // One's observation and two's note.
    expect(untold.map(([from, ids]) => [from, ids.sort()])).toEqual(
      [two, null].map((from) => [from, [note, seen].sort()]),
    );
  });
});
