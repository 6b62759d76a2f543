import { randomUUID } from 'node:crypto';
import { Service } from './service.js';

const NIL = '00000000-0000-0000-0000-000000000000';

describe('a relay that may not be seen', () => {
  let service: Service;
  let [ines, bob] = ['', ''];
  const [caseId, agency, one, other, first, second] = Array.from({ length: 6 }, () => randomUUID());
  beforeAll(async () => {
    service = await Service.start();
    ines = await service.keyFor('ines');
    bob = await service.keyFor('bob');
    const record = (name: string, input: object) => service.done(name, { caseId, ...input }, ines);
    await record('openCase', { title: 'A case', kind: 'CASE' });
    for (const partyId of [agency, one, other]) await record('addParty', { partyId, partyKind: 'ORGANISATION' });
    const observed = (observationId: string, assertedBy: string) =>
      record('observeSuspiciousActivity', {
        ...{ observationId, description: { text: 'As the agency has it.' } },
        source: { assertedBy, via: [agency] },
      });
    await observed(first, one);
    await observed(second, other);
    await record('linkRecords', { linkKind: 'CORROBORATES', fromRecordId: first, toRecordId: second });
    await record('limitRecord', { recordId: agency, named: [{ kind: 'PERSON', id: 'ines' }] });
  });
  afterAll(() => service.stop());

  const asked = async (key: string) => {
    const query = `query ($caseId: ID!, $recordId: ID!) { case(id: $caseId) { origins(recordId: $recordId) { count }
      observations { nodes { source { via } } } history(types: ["SuspiciousActivityObserved"]) { nodes { payload } } } }`;
    const { data, errors } = await service.ask(query, { caseId, recordId: first }, key);
    expect(errors).toBeUndefined();
    return data.case;
  };
  const shownAs = (id: string) => ({
    origins: { count: 1 },
    observations: { nodes: [{ source: { via: [id] } }, { source: { via: [id] } }] },
    history: {
      nodes: [{ payload: { source: { via: [id] } } }, { payload: { source: { via: [id] } } }],
    },
  });

  it('leaves two accounts that both come by way of it one origin, whoever counts', async () => {
    expect(await asked(ines)).toMatchObject(shownAs(agency));
    expect(await asked(bob)).toMatchObject(shownAs(NIL));
  });
});
