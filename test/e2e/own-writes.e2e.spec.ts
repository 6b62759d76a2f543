import { randomUUID } from 'node:crypto';
import { Service } from './service.js';

describe('reads your own writes', () => {
  let service: Service;
  let caseId: string;
  beforeAll(async () => {
    service = await Service.start();
    caseId = (await service.done('openCase', { title: 'Mine', kind: 'CASE' })).case.id as string;
  });
  afterAll(() => service.stop());

  const titleAt = (asOf: object) =>
    service.ask('query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { title } }', { id: caseId, asOf });

  it('if the mutation selects the case, and says so', async () => {
    const texts: string[] = [];
    for (let n = 0; n < 10; n++) {
      const text = `Note ${n}`;
      const { data, extensions } = await service.command(
        'addNote',
        { caseId, text: { text } },
        undefined,
        'sequence readModel case { revision notes(first: 1) { nodes { text { text } } } }',
      );
      const { sequence, readModel, case: seen } = data.addNote;
      expect(readModel).toBe('CURRENT');
      expect(extensions!.asOf.sequence).toBeGreaterThanOrEqual(sequence);
      texts.push(seen.notes.nodes[0].text.text);
    }
    expect(texts).toEqual(Array.from({ length: 10 }, (_, n) => `Note ${n}`));
  });

  it('and does not wait where nothing is read', async () => {
    const { data, extensions } = await service.command('addNote', { caseId, text: { text: 'Unread' } });
    expect(data.addNote).toMatchObject({ readModel: 'NOT_READ', sequence: expect.any(Number) });
    expect(extensions).toBeUndefined();
    const conditional = await service.ask(
      'mutation ($input: AddNoteInput!, $show: Boolean!) { addNote(input: $input) { readModel case @include(if: $show) { id } } }',
      { input: { commandId: randomUUID(), caseId, text: { text: 'x' } }, show: false },
    );
    expect(conditional.data.addNote).toEqual({ readModel: 'NOT_READ' });
  });

  it('by each of several mutations in one request, in order', async () => {
    const note = (n: number) => ({ commandId: randomUUID(), caseId, text: { text: `In one ${n}` } });
    const fields = 'revision readModel case { revision notes(first: 1) { nodes { text { text } } } }';
    const { data } = await service.ask(
      `mutation ($a: AddNoteInput!, $b: AddNoteInput!) { a: addNote(input: $a) { ${fields} } b: addNote(input: $b) { ${fields} } }`,
      { a: note(1), b: note(2) },
    );
    expect(data.b.revision).toBe(data.a.revision + 1);
    expect(data.b).toMatchObject({
      readModel: 'CURRENT',
      case: { revision: data.b.revision, notes: { nodes: [{ text: { text: 'In one 2' } }] } },
    });
    expect(data.a.case.notes.nodes[0].text.text).toMatch(/^In one/);
  });

  it('right behind an answer that did not read, by asking as of its sequence', async () => {
    for (let n = 0; n < 10; n++) {
      const { data } = await service.command('amendCase', { caseId, title: `Title ${n}` });
      const { sequence, events } = data.amendCase;
      const asked = await Promise.all([titleAt({ sequence }), titleAt({ eventId: events[0].id })]);
      for (const { data: seen } of asked) expect(seen).toEqual({ case: { title: `Title ${n}` } });
    }
  });
});

describe('a mutation that may not wait for the read models', () => {
  it('succeeds, with case null and BEHIND', async () => {
    const service = await Service.start({ READ_WAIT_MS: '0' });
    try {
      // Most often the answer is there first; not always, so it is asked until it is.
      for (let n = 0, seen = ''; seen !== 'BEHIND'; n++) {
        const input = { commandId: `n${n}`, title: `Case ${n}`, kind: 'CASE' };
        const fields = 'sequence readModel case { id }';
        const { data, errors } = await service.command('openCase', input, undefined, fields);
        expect(errors).toBeUndefined();
        const { sequence, readModel, case: read } = data.openCase;
        expect(sequence).toEqual(expect.any(Number));
        expect([readModel, read]).toEqual(
          readModel === 'BEHIND' ? ['BEHIND', null] : ['CURRENT', { id: expect.any(String) }],
        );
        seen = readModel;
      }
    } finally {
      await service.stop();
    }
  });
});
