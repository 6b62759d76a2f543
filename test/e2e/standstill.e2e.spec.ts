import { randomUUID } from 'node:crypto';
import { type Envelope, sealEvent } from '#event-sourcing/envelope.js';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { ann } from '../builders/actors.js';
import { eventsIn } from '../builders/record.js';
import { until } from '../crash/until.js';
import { codeOf } from './code-of.js';
import { Service } from './service.js';

/** An event as another software writes it behind what stands in a stream, while no server runs. */
async function writtenBySomebodyElse(folder: string, stream: string, type: string, version: number, payload: object) {
  const log = await openSqliteLog({ folder });
  try {
    const last = (await eventsIn(log, stream)).at(-1);
    const id = randomUUID();
    const envelope: Envelope = {
      ...{ id, type, schemaVersion: version, stream, revision: last ? last.revision + 1 : 0 },
      ...{ recordedAt: new Date().toISOString(), actor: ann, commandId: null, commandHash: null },
      ...{ correlationId: id, causationId: id, previousHash: last?.hash ?? null },
    };
    const { events } = await log.append(stream, [sealEvent(envelope, payload)], last ? last.revision : 'none');
    return { id, sequence: events[0].sequence! };
  } finally {
    await log.close();
  }
}

const health = async (service: Service, path: string) => {
  const response = await fetch(`${service.url}/health/${path}`);
  return [response.status, await response.text(), response.headers.get('content-type')];
};
/** What `/health/ready` answers once the read models stand still: that is found out a moment after the server listens. */
const standing = (service: Service) =>
  until('the read models stand still', async () => {
    const answer = await health(service, 'ready');
    return answer[0] === 503 ? answer : undefined;
  });
const TEXT = 'text/plain';

describe('read models that stand still', () => {
  const open = async (service: Service, title: string): Promise<string> =>
    (await service.done('openCase', { title, kind: 'CASE' })).case.id as string;

  it('before what newer software recorded: paused; those cases wait for it, the others go on', async () => {
    let service = await Service.start();
    try {
      expect(await health(service, 'live')).toEqual([200, 'live', TEXT]);
      expect(await health(service, 'ready')).toEqual([200, 'ready', TEXT]);
      const cases = [await open(service, 'New type'), await open(service, 'New version'), await open(service, 'Other')];
      const [newType, newVersion, other] = cases;
      const before = await service.logHead();
      await service.halt();
      const { folder } = service;
      const first = await writtenBySomebodyElse(folder, `case-${newType}`, 'CaseForetold', 1, { oracle: 'Delphi' });
      const second = await writtenBySomebodyElse(folder, `case-${newVersion}`, 'NoteAdded', 2, { says: 'New shape' });
      service = await Service.on(folder);

      expect(await health(service, 'live')).toEqual([200, 'live', TEXT]);
      expect(await standing(service)).toEqual([503, 'paused', TEXT]);
      expect(service.errors).toMatch(
        new RegExp(`^[^\\n]*stand still at sequence ${before}: CaseForetold ${first.id}: .*run a newer one\\."\\}\\n$`),
      );

      const note = { text: { text: 'x' } };
      const refused = await Promise.all(
        [newType, newVersion].map((caseId) => service.command('addNote', { caseId, ...note })),
      );
      expect(refused.map(codeOf)).toEqual(['NEWER_SOFTWARE_NEEDED', 'NEWER_SOFTWARE_NEEDED']);
      expect(refused[0].errors![0].message).toContain('CaseForetold version 1');
      expect(refused[1].errors![0].message).toContain('NoteAdded version 2');
      expect(await service.logHead()).toBe(second.sequence);

      const recorded = await service.command('addNote', { caseId: other, ...note });
      expect(recorded.data.addNote).toMatchObject({ readModel: 'NOT_READ', sequence: second.sequence + 1 });
      const fields = 'sequence readModel case { id }';
      const read = await service.command('addNote', { caseId: other, ...note }, undefined, fields);
      expect(read.errors).toBeUndefined();
      expect(read.data.addNote).toEqual({ sequence: second.sequence + 2, readModel: 'FAILED', case: null });

      const { data, extensions } = await service.ask('{ cases { nodes { title revision } } }');
      const titles = ['Other', 'New version', 'New type'];
      expect(data.cases.nodes).toEqual(titles.map((title) => ({ title, revision: 0 })));
      expect(extensions).toMatchObject({
        asOf: { sequence: before },
        behindSince: expect.stringMatching(/^\d{4}-.*Z$/),
      });
      const ahead = await service.ask(`{ cases(asOf: { sequence: ${second.sequence} }) { nodes { id } } }`);
      expect(codeOf(ahead)).toBe('UNAVAILABLE');
      const feed = await service.ask('{ events(after: "0", first: 100) { head caughtUp nodes { type } } }');
      expect(feed.data.events).toMatchObject({ head: before, caughtUp: true });
      const types = feed.data.events.nodes.map(({ type }: { type: string }) => type) as string[];
      expect(types).toEqual(['LogCreated', 'CaseOpened', 'CaseOpened', 'CaseOpened']);
    } finally {
      await service.stop();
    }
  }, 60_000);

  it('before an event that cannot be applied: failed; commands go on', async () => {
    let service = await Service.start();
    try {
      const caseId = await open(service, 'Damaged');
      const other = await open(service, 'Other');
      await service.halt();
      const retracted = { noteId: randomUUID(), reason: 'Of a note that there never was.' };
      const bad = await writtenBySomebodyElse(service.folder, `case-${caseId}`, 'NoteRetracted', 1, retracted);
      service = await Service.on(service.folder);

      expect(await standing(service)).toEqual([503, 'failed', TEXT]);
      expect(await health(service, 'live')).toEqual([200, 'live', TEXT]);
      expect(service.errors).toContain(`NoteRetracted ${bad.id}`);
      const fields = 'readModel case { id }';
      const input = { caseId: other, text: { text: 'x' } };
      const { data } = await service.command('addNote', input, undefined, fields);
      expect(data.addNote).toEqual({ readModel: 'FAILED', case: null });
      const read = await service.ask('{ cases { nodes { title } } }');
      expect(read.extensions).toHaveProperty('behindSince');
      expect(read.data.cases.nodes).toHaveLength(2);
    } finally {
      await service.stop();
    }
  }, 60_000);

  it('never begin where newer software manages the keys: the server says so and does not start', async () => {
    const service = await Service.start();
    try {
      await service.halt();
      await writtenBySomebodyElse(service.folder, 'access-keys', 'KeyRotated', 1, { keyId: 'a1a1a1a1a1a1a1a1' });
      await expect(Service.on(service.folder)).rejects.toThrow(
        'The log holds KeyRotated version 1, which this software does not know; run a newer one.',
      );
    } finally {
      await service.stop();
    }
  });
});
