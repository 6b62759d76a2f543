import { randomUUID } from 'node:crypto';
import { Service } from './service.js';

describe('what somebody was not told, by the ledger of disclosures', () => {
  let service: Service;
  let ines = '';
  const [caseId, party, source, early, late, said, wrong, first, second, toParty] = Array.from({ length: 10 }, () =>
    randomUUID(),
  );
  const record = (name: string, input: object) => service.done(name, { caseId, ...input }, ines);
  beforeAll(async () => {
    service = await Service.start();
    ines = await service.keyFor('ines');
    await record('openCase', { title: 'A case', kind: 'CASE' });
    for (const partyId of [party, source]) await record('addParty', { partyId, partyKind: 'ORGANISATION' });
    for (const noteId of [early, late, said, wrong]) await record('addNote', { noteId, text: { text: 'A note.' } });
    await record('retractRecord', { recordId: wrong, reason: 'Of another case.' });
    const published = { audience: 'PUBLIC', reportedAt: '2025-03-11' };
    await record('recordDisclosure', { ...published, disclosureId: first, disclosed: [{ recordId: early }] });
    await record('recordDisclosure', { ...published, disclosureId: second, disclosed: [{ recordId: late }] });
    const told = { audience: 'PARTNER', toPartyId: party, reportedAt: '2025-03-12' };
    await record('recordKnowledge', { knownTo: party, about: [said], source: { assertedBy: source } });
    await record('recordDisclosure', { ...told, disclosureId: toParty, disclosed: [{ recordId: late }] });
  });
  afterAll(() => service.stop());

  const untold = async (): Promise<Record<string, string[]>> => {
    const query = `query ($caseId: ID!) { case(id: $caseId) { disclosureLedger { nodes {
      disclosure { id } untold { recordId } } } } }`;
    const { data, errors } = await service.ask(query, { caseId }, ines);
    expect(errors).toBeUndefined();
    const nodes = data.case.disclosureLedger.nodes as { disclosure: { id: string }; untold: { recordId: string }[] }[];
    return Object.fromEntries(nodes.map((one) => [one.disclosure.id, one.untold.map(({ recordId }) => recordId)]));
  };

  it('is of the public neither the publication itself nor what was published before', async () => {
    const found = await untold();
    expect(found[first].sort()).toEqual([party, source, late, said].sort());
    expect(found[second].sort()).toEqual([party, source, said].sort());
  });

  it('is what a party is said to have known and nobody told it, and nothing that was taken back', async () => {
    const { [toParty]: found } = await untold();
    expect(found).toContain(said);
    expect(found).toContain(early);
    for (const id of [late, wrong, toParty]) expect(found).not.toContain(id);
  });

  it('counts no publication any more that was taken back, and not the disclosure where it was to another party', async () => {
    await record('retractRecord', { recordId: first, reason: 'It never appeared.' });
    const last = randomUUID();
    await record('recordDisclosure', { audience: 'PUBLIC', disclosureId: last, disclosed: [{ recordId: late }] });
    expect((await untold())[last]).toContain(early);
    expect((await untold())[last]).not.toContain(first);
    // What it is corrected to have published is all that it did.
    const other = randomUUID();
    const publication = { audience: 'PUBLIC', disclosureId: other };
    await record('recordDisclosure', { ...publication, disclosed: [{ recordId: said }, { recordId: late }] });
    await record('correctDisclosure', { ...publication, disclosed: [{ recordId: late }], reason: 'Only that one.' });
    expect((await untold())[other]).toContain(said);
    const corrected = { audience: 'REGULATOR', toPartyId: source, disclosed: [{ recordId: late }] };
    await record('correctDisclosure', { ...corrected, disclosureId: toParty, reason: 'It was the regulator.' });
    expect((await untold())[toParty]).not.toContain(toParty);
  });

  it('tells of what was first recorded after the moment compared with that nothing of it stood, in the same millisecond too', async () => {
    let both: { id: string; sequence: number; recordedAt: string }[] = [];
    // At once until two were recorded in one millisecond.
    while (both.length < 2) {
      await Promise.all(
        Array.from({ length: 32 }, () => record('addNote', { noteId: randomUUID(), text: { text: 'A note.' } })),
      );
      const query = `query ($caseId: ID!) { case(id: $caseId) { history(first: 100, types: ["NoteAdded"]) {
        nodes { sequence recordedAt data { ... on NoteAdded { id: noteId } } } } } }`;
      const { data } = await service.ask(query, { caseId }, ines);
      const notes = data.case.history.nodes.map(({ data: { id }, ...event }: { data: { id: string } }) => ({
        ...event,
        id,
      })) as typeof both;
      both = notes.filter(({ recordedAt }, n) => [n - 1, n + 1].some((at) => notes[at]?.recordedAt === recordedAt));
    }
    const [one, next] = both;
    expect(next.recordedAt).toBe(one.recordedAt);
    const disclosureId = randomUUID();
    const disclosed = [{ recordId: one.id }, { recordId: next.id }];
    await record('recordDisclosure', { audience: 'PUBLIC', disclosureId, disclosed });
    const query = `query ($caseId: ID!, $sequence: Sequence!) { case(id: $caseId) { disclosureLedger(comparedAt: { sequence: $sequence }) {
      nodes { disclosure { id } told { recordId knownRevision differences { field } } } } } }`;
    const { data, errors } = await service.ask(query, { caseId, sequence: one.sequence }, ines);
    expect(errors).toBeUndefined();
    const { told } = data.case.disclosureLedger.nodes.find((entry: any) => entry.disclosure.id === disclosureId);
    expect(told).toEqual([
      { recordId: one.id, knownRevision: expect.any(Number), differences: [] },
      { recordId: next.id, knownRevision: null, differences: expect.arrayContaining([{ field: 'text' }]) },
    ]);
  });
});
