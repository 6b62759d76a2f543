import { randomUUID } from 'node:crypto';
import { TwoReaders } from './two-readers.js';

const NIL = '00000000-0000-0000-0000-000000000000';

describe('a relay that may not be seen', () => {
  let readers: TwoReaders;
  const [agency, one, other, first, second] = Array.from({ length: 5 }, () => randomUUID());
  beforeAll(async () => {
    readers = await TwoReaders.start([agency, one, other]);
    const observed = (observationId: string, assertedBy: string) =>
      readers.record('observeSuspiciousActivity', {
        ...{ observationId, description: { text: 'As the agency has it.' } },
        source: { assertedBy, via: [agency] },
      });
    await observed(first, one);
    await observed(second, other);
    await readers.record('linkRecords', { linkKind: 'CORROBORATES', fromRecordId: first, toRecordId: second });
    await readers.hide(agency);
  });
  afterAll(() => readers.service.stop());

  const asked = async (key: string) => {
    const query = `query ($caseId: ID!, $recordId: ID!) { case(id: $caseId) { origins(recordId: $recordId) { count }
      observations { nodes { source { via } } } history(types: ["SuspiciousActivityObserved"]) { nodes { payload } } } }`;
    return (await readers.asked(query, { caseId: readers.caseId, recordId: first }, key)).case;
  };
  const shownAs = (id: string) => ({
    origins: { count: 1 },
    observations: { nodes: [{ source: { via: [id] } }, { source: { via: [id] } }] },
    history: {
      nodes: [{ payload: { source: { via: [id] } } }, { payload: { source: { via: [id] } } }],
    },
  });

  it('leaves two accounts that both come by way of it one origin, whoever counts', async () => {
    expect(await asked(readers.ines)).toMatchObject(shownAs(agency));
    expect(await asked(readers.bob)).toMatchObject(shownAs(NIL));
  });
});
