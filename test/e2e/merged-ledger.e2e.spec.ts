import { randomUUID } from 'node:crypto';
import { Service } from './service.js';

const NODE = `comparedAt disclosure { id mergedFrom toPartyId }
  told { recordId record { ... on Note { mergedFrom } } differences { field } } untold { recordId recordKind }`;

describe('the ledger of disclosures of a case that another one was merged into', () => {
  let service: Service;
  let [ines, rosa] = ['', ''];
  const [one, two, party, other, a, b, later, here, there, paper] = Array.from({ length: 10 }, () => randomUUID());
  /** The place of the last command's event, and those of the disclosures and the merge. */
  let head = 0;
  const at = { opened: 0, here: 0, there: 0, merged: 0 };
  const record = async (name: string, caseId: string, input: object): Promise<void> => {
    head = (await service.done(name, { caseId, ...input }, ines)).sequence;
  };
  beforeAll(async () => {
    service = await Service.start();
    ines = await service.keyFor('ines');
    rosa = await service.keyFor('rosa');
    const told = { audience: 'PARTNER', channel: 'EMAIL', reportedAt: '2025-03-11' };
    await record('openCase', one, { title: 'One', kind: 'CASE' });
    await record('openCase', two, { title: 'Two', kind: 'CASE', restricted: true });
    at.opened = head;
    await record('addParty', one, { partyId: party, partyKind: 'ORGANISATION' });
    await record('addParty', two, { partyId: other, partyKind: 'ORGANISATION' });
    await record('addNote', one, { noteId: a, text: { text: 'a' } });
    await record('addNote', two, { noteId: b, text: { text: 'b' } });
    await record('recordDisclosure', one, {
      ...told,
      disclosureId: here,
      toPartyId: party,
      disclosed: [{ recordId: a }],
    });
    at.here = head;
    await record('recordDisclosure', two, {
      ...{ ...told, disclosureId: there, toPartyId: other, disclosed: [{ recordId: b }] },
    });
    at.there = head;
    await record('amendNote', two, { noteId: b, text: { text: 'c' } });
    await record('mergeCase', two, { intoCaseId: one });
    at.merged = head;
    await record('addNote', one, { noteId: later, text: { text: 'd' } });
  });
  afterAll(() => service.stop());

  const ledger = async (args = 'first: 9', key = ines, asOf?: object): Promise<{ nodes: any[]; pageInfo: any }> => {
    const query = `query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) {
      disclosureLedger(${args}) { nodes { ${NODE} } pageInfo { hasNextPage endCursor } } } }`;
    const { data, errors } = await service.ask(query, { id: one, asOf }, key);
    expect(errors).toBeUndefined();
    return data.case.disclosureLedger;
  };
  const ids = (page: { nodes: any[] }): string[] => page.nodes.map(({ disclosure }) => disclosure.id);

  it('shows the disclosures of both, each beside what stood in its own case before they were one', async () => {
    const { nodes } = await ledger();
    expect(nodes).toEqual([
      {
        ...{ comparedAt: at.there, disclosure: { id: there, mergedFrom: two, toPartyId: other } },
        told: [{ recordId: b, record: { mergedFrom: two }, differences: [] }],
        untold: [{ recordId: other, recordKind: 'party' }],
      },
      {
        ...{ comparedAt: at.here, disclosure: { id: here, mergedFrom: null, toPartyId: party } },
        told: [{ recordId: a, record: { mergedFrom: null }, differences: [] }],
        untold: [{ recordId: party, recordKind: 'party' }],
      },
    ]);
  });

  it('compares each with what stood in both, at a moment at which they were one', async () => {
    const [ofOther, own] = (await ledger(`comparedAt: { sequence: ${at.merged} }`)).nodes;
    expect(ofOther.told).toEqual([
      { recordId: b, record: { mergedFrom: two }, differences: [{ field: 'text' }, { field: 'status' }] },
    ]);
    const untold = ({ untold: records }: any): string[] => records.map(({ recordId }: any) => recordId).sort();
    expect(untold(ofOther)).toEqual([party, other, a, here].sort());
    expect(untold(own)).toEqual([party, other, b, there].sort());
  });

  it('shows what one party was told, whichever case it is of, and all in pages', async () => {
    expect(ids(await ledger(`toPartyId: "${other}"`))).toEqual([there]);
    expect(ids(await ledger(`toPartyId: "${party}"`))).toEqual([here]);
    const first = await ledger('first: 1');
    expect([ids(first), first.pageInfo.hasNextPage]).toEqual([[there], true]);
    const second = await ledger(`first: 1, after: "${first.pageInfo.endCursor}"`);
    expect([ids(second), second.pageInfo.hasNextPage]).toEqual([[here], false]);
  });

  it('shows nothing of the other case to those who may not see it, nor as of a moment before', async () => {
    expect(ids(await ledger('first: 9', rosa))).toEqual([here]);
    expect(ids(await ledger('first: 9', ines, { sequence: at.there }))).toEqual([here]);
  });

  it('tells of what did not stand in the record at the moment compared with that nothing did', async () => {
    const [own] = (await ledger(`toPartyId: "${party}", comparedAt: { sequence: ${at.opened} }`)).nodes;
    expect(own.told).toEqual([
      {
        ...{ recordId: a, record: { mergedFrom: null } },
        differences: expect.arrayContaining([{ field: 'text' }, { field: 'status' }]),
      },
    ]);
  });

  it('takes what either case published for published, where they are one', async () => {
    const published = { audience: 'PUBLIC', channel: 'PRESS', reportedAt: '2025-03-12' };
    await record('unmergeCase', two, {});
    await record('recordDisclosure', two, { ...published, disclosed: [{ recordId: b }] });
    await record('recordDisclosure', one, { ...published, disclosureId: paper, disclosed: [{ recordId: a }] });
    await record('mergeCase', two, { intoCaseId: one });
    const { nodes } = await ledger(`comparedAt: { sequence: ${head} }`);
    const { untold } = nodes.find(({ disclosure }) => disclosure.id === paper);
    const ids = untold.map(({ recordId }: { recordId: string }) => recordId);
    expect(ids).toContain(later);
    expect(ids).not.toContain(b);
  });
});
