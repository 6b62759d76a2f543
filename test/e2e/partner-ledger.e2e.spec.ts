import { randomUUID } from 'node:crypto';
import { Service } from './service.js';

describe('the ledger of disclosures, to people of an outside organisation', () => {
  let service: Service;
  let [ines, partner] = ['', ''];
  const [caseId, party, changed, kept] = Array.from({ length: 4 }, () => randomUUID());
  const record = (name: string, input: object) => service.done(name, { caseId, ...input }, ines);
  beforeAll(async () => {
    service = await Service.start();
    ines = await service.keyFor('ines');
    const input = { principal: 'pia', label: 'Pia', actorKind: 'PERSON', organisation: 'brightwater' };
    const issued = { ...input, principalRoles: ['PARTNER'] };
    const { data } = await service.command('issueKey', issued, service.adminKey, 'secret');
    partner = data.issueKey.secret as string;
    await record('openCase', { title: 'A case', kind: 'CASE' });
    await record('addParty', { partyId: party, partyKind: 'ORGANISATION' });
    await record('addNote', { noteId: changed, text: { text: 'Before the share.' } });
    await record('addNote', { noteId: kept, text: { text: 'Stands.' } });
    const disclosed = [{ recordId: changed }, { recordId: kept }];
    const told = { audience: 'PARTNER', channel: 'EMAIL', reportedAt: '2025-03-11' };
    await record('recordDisclosure', { ...told, toPartyId: party, disclosed });
    await record('amendNote', { noteId: changed, text: { text: 'After it.' } });
    await record('addMember', { grantee: { kind: 'ORGANISATION', id: 'brightwater' }, rights: ['READ'] });
  });
  afterAll(() => service.stop());

  const toldTo = async (key: string): Promise<unknown[]> => {
    const query = `query ($caseId: ID!) { case(id: $caseId) { disclosureLedger { nodes {
      told { recordId record { ... on Note { text { text } } } } } } } }`;
    const { data, errors } = await service.ask(query, { caseId }, key);
    expect(errors).toBeUndefined();
    return data.case.disclosureLedger.nodes[0].told;
  };

  it('shows no version of a record that was replaced before the case was shared with them', async () => {
    const shown = { recordId: kept, record: { text: { text: 'Stands.' } } };
    expect(await toldTo(partner)).toEqual([{ recordId: changed, record: null }, shown]);
    expect(await toldTo(ines)).toEqual([{ recordId: changed, record: { text: { text: 'Before the share.' } } }, shown]);
  });

  it('shows it once the case is shared with its history', async () => {
    const grantee = { kind: 'ORGANISATION', id: 'brightwater' };
    await record('changeMember', { grantee, rights: ['READ'], withHistory: true });
    expect(await toldTo(partner)).toEqual(await toldTo(ines));
  });
});
