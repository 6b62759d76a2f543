import { randomUUID } from 'node:crypto';
import { Service } from './service.js';

describe('a party that may not be seen', () => {
  let service: Service;
  let [ines, bob] = ['', ''];
  const [caseId, party, other, note, later] = Array.from({ length: 5 }, () => randomUUID());
  beforeAll(async () => {
    service = await Service.start();
    ines = await service.keyFor('ines');
    bob = await service.keyFor('bob');
    const record = (name: string, input: object) => service.done(name, { caseId, ...input }, ines);
    await record('openCase', { title: 'A case', kind: 'CASE' });
    for (const partyId of [party, other]) await record('addParty', { partyId, partyKind: 'ORGANISATION' });
    await record('addNote', { noteId: note, text: { text: 'A note.' } });
    const told = { audience: 'PARTNER', channel: 'EMAIL', reportedAt: '2025-03-11' };
    await record('recordDisclosure', {
      ...told,
      toPartyId: party,
      fromPartyId: other,
      disclosed: [{ recordId: note }],
    });
    await record('addNote', { noteId: later, text: { text: 'Told to nobody.' } });
    await record('limitRecord', { recordId: party, named: [{ kind: 'PERSON', id: 'ines' }] });
  });
  afterAll(() => service.stop());

  const asked = async (id: string, key: string) => {
    const query = `query ($caseId: ID!, $id: ID!) {
      cases(knownAsOf: { party: $id, time: "2026-01-01T00:00:00Z" }) { nodes { id notes { nodes { id known } } } totalCount { value } }
      case(id: $caseId) { disclosureLedger(toPartyId: $id) { nodes { told { recordId } } pageInfo { hasNextPage } } } }`;
    const { data, errors } = await service.ask(query, { caseId, id }, key);
    expect(errors).toBeUndefined();
    return data;
  };

  it('is answered like one that never was, to whoever knows its id', async () => {
    expect(await asked(party, bob)).toEqual(await asked(randomUUID(), bob));
  });

  it('is answered to those named with what it knew and was told', async () => {
    expect(await asked(party, ines)).toMatchObject({
      cases: {
        nodes: [{ id: caseId, notes: { nodes: [{ id: note, known: 'CERTAINLY' }] } }],
        totalCount: { value: 1 },
      },
      case: { disclosureLedger: { nodes: [{ told: [{ recordId: note }] }] } },
    });
  });

  it('is not said to have been told nothing, to whoever may not see what it was told', async () => {
    const query = `query ($caseId: ID!, $comparedAt: AsOf!) { case(id: $caseId) {
      disclosureLedger(comparedAt: $comparedAt) { nodes { told { recordId } untold { recordId } } } } }`;
    const { head } = (await service.ask('{ events(after: "0", first: 1) { head } }', {}, ines)).data.events;
    const ledger = async (key: string) =>
      (await service.ask(query, { caseId, comparedAt: { sequence: head } }, key)).data.case.disclosureLedger.nodes;
    expect(await ledger(ines)).toEqual([
      { told: [{ recordId: note }], untold: expect.arrayContaining([{ recordId: later }]) },
    ]);
    expect(await ledger(bob)).toEqual([{ told: [{ recordId: note }], untold: [] }]);
  });
});
