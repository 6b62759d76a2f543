import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { sealEvent } from '#event-sourcing/envelope.js';
import { type StoredEvent } from '#event-sourcing/log/event-log.js';
import { Access } from '#read-models/queries/access-sql.js';
import { type Compilation } from '#read-models/queries/builder.js';
import { eventPlaces } from '#read-models/queries/event-queries.js';
import { recordById, recordsOfSubjects } from '#read-models/queries/record-queries.js';
import { oneSubject, subjectsByLastChange } from '#read-models/queries/subject-queries.js';
import { parametersOf, rowsOf, type Statement } from '#read-models/read-store.js';
import { sqliteDialect } from '#read-models/sqlite/dialect.js';
import { Projection } from '#read-models/sqlite/projection.js';
import { StatementRunner } from '#read-models/sqlite/statement-runner.js';
import { openStoreForWriting } from '#read-models/sqlite/store-file.js';
import { ann } from '../../../../test/builders/actors.js';
import { anyCase, anyPrincipal, anyRules, RECORDS } from '../../../../test/access/any-policy.js';
import {
  cases,
  notes,
  projections as group,
  registry,
} from '../../../../test/contracts/fixtures/read-store-projections.mjs';
import { allow, hiddenRecords, reachOf } from './allow.js';
import { type CaseAccess, type CaseRight, type Mark, THE_CASE, type Wall } from './case-access.js';
import { caseFilter } from './case-filter.js';
import { CASE_RULES } from './case-rules.js';

describe('the policy as a predicate and as SQL', () => {
  let folder: string;
  let projection: Projection;
  let runner: StatementRunner;
  let close: () => void;
  let sequence = 0;
  const revisions = new Map<string, number>();
  const compilation: Compilation = { dialect: sqliteDialect, group, effort: 'short' };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'caseledger-access-'));
    const file = join(folder, 'read.sqlite');
    const db = openStoreForWriting(file, group, randomUUID());
    close = () => db.close();
    projection = new Projection(db, group, registry);
    runner = new StatementRunner(file);
  });
  afterAll(async () => {
    runner.close();
    close();
    await rm(folder, { recursive: true });
  });

  function happened(stream: string, type: string, payload: object): StoredEvent {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const about = {
      id: randomUUID(),
      type,
      schemaVersion: 1,
      stream,
      revision,
      recordedAt: '2025-01-01T00:00:00.000Z',
    };
    const command = { actor: ann, commandId: null, commandHash: null, previousHash: null };
    const sealed = sealEvent({ ...about, ...command, correlationId: 'x', causationId: 'x' }, payload);
    return { ...sealed, stream, revision, sequence: ++sequence, position: String(sequence) };
  }

  /** Records a case of this access; answers it as the predicate sees it. */
  function record({
    restricted,
    members,
    withHistory,
    changed,
    left,
    walls,
    marks,
  }: typeof anyCase extends fc.Arbitrary<infer C> ? C : never) {
    const id = randomUUID();
    const records = Array.from({ length: RECORDS }, () => randomUUID());
    const stream = `case-${id}`;
    const remaining = members.filter((name) => !left.includes(name));
    const events = [
      happened(stream, 'CaseOpened', { title: id, closed: restricted }),
      ...records.map((noteId, n) => happened(stream, 'NoteAdded', { noteId, text: `before ${n}` })),
      ...members.map((name) => happened(stream, 'GivenTo', { name, history: withHistory.includes(name) })),
      ...changed.map(({ name, history }) => happened(stream, 'GivenWithHistory', { name, history })),
      ...left.map((name) => happened(stream, 'TakenFrom', { name })),
      ...records.map((noteId) => happened(stream, 'NoteAmended', { noteId, text: 'after' })),
      ...walls.map(({ record: n, kind, names: passing }, wall) =>
        happened(stream, 'Walled', { noteId: records[n], wall: String(wall), kind, names: passing }),
      ),
      ...marks.map(({ record: n, tlp, originator, names: named }) =>
        happened(stream, 'Marked', {
          noteId: n === null ? undefined : records[n],
          level: tlp,
          originator,
          names: named,
        }),
      ),
    ];
    projection.apply(events);
    const standing = new Map<string, Map<string, Wall>>();
    walls.forEach(({ record: n, kind, names: passing }, wall) => {
      const of = standing.get(records[n]) ?? new Map<string, Wall>();
      standing.set(records[n], of.set(String(wall), { kind, names: new Set(passing) }));
    });
    const marked = new Map<string, Map<string, Mark>>();
    for (const { record: n, tlp, originator, names: named } of marks) {
      const on = n === null ? THE_CASE : records[n];
      const of = marked.get(on) ?? new Map<string, Mark>();
      marked.set(on, of.set(originator, { tlp, originator, recipients: new Set(named) }));
    }
    const access: CaseAccess = {
      restricted,
      members: new Map(remaining.map((name) => [name, new Set<CaseRight>(['READ'])])),
      shares: new Map(
        members.map((name, n) => {
          const last = changed.findLast((one) => one.name === name)?.history ?? withHistory.includes(name);
          return [name, { since: 1 + RECORDS + n, at: '2025-01-01T00:00:00.000Z', withHistory: last }];
        }),
      ),
      walls: standing,
      marks: marked,
    };
    return { id, records, access, key: (sequence - events.length + 1) * 1024, events };
  }

  function run(statement: Statement, access: Access, named: object): unknown[][] {
    const at = { bound: (sequence + 1) * 1024, sequence, below: Infinity, limit: 1_000_000, after: 0 };
    const parameters = parametersOf({ statement, named: { ...at, ...access.named, ...named }, values: [] });
    return rowsOf(runner.run(statement.sql, parameters)[1]);
  }

  it.each([true, false])('are equal over random principals and rows, in every kind of query (now: %s)', (now) => {
    let [seen, unseen, stopped, before] = [0, 0, 0, 0];
    const worlds = fc.record({
      rules: fc.oneof({ weight: 2, arbitrary: fc.constant(CASE_RULES) }, anyRules),
      reader: anyPrincipal,
      world: fc.array(anyCase, { minLength: 1, maxLength: 4 }),
      /** How many events of its own each case is read after, of a past moment. */
      behind: fc.nat(12),
    });
    fc.assert(
      fc.property(worlds, ({ rules, reader, world, behind }) => {
        const filter = { ...caseFilter(reader, rules), hiddenStreamPrefixes: [] };
        const access = new Access(filter, group);
        const after = sequence;
        const recorded = world.map(record);
        const shape = { access, now, where: null, after: true, recent: false };
        const feed = run(
          eventPlaces(compilation, { access, by: { of: 'log', types: false, subjects: false } }),
          access,
          { after },
        );
        const fed = new Set(feed.map(([place]) => place));
        for (const { id, key, records, access: row, events } of recorded) {
          const reach = reachOf(reader, row, rules);
          expect(reach !== null).toBe(allow(reader, 'READ', row, rules));
          // A moment of the past is one of the case's events; all notes are there by then.
          const at = now ? events.at(-1)! : events[Math.min(RECORDS + behind, events.length - 1)];
          const bound = (at.sequence! + 1) * 1024;
          const moment = now ? {} : { bound, below: bound, sequence: at.sequence! };
          const reads = reach !== null && reach.since <= at.revision;
          const list = run(subjectsByLastChange(compilation, { ...shape, model: cases }), access, moment);
          expect(list.some(([, listed]) => listed === key)).toBe(reads);
          const one = run(oneSubject(compilation, { ...shape, model: cases }), access, {
            ...moment,
            stream: `case-${id}`,
          });
          expect(one.length > 0).toBe(reads);
          const keys = { ...moment, keys: JSON.stringify([key]) };
          const [found] = run(recordsOfSubjects(compilation, { ...shape, model: notes }), access, keys) as [
            number,
            [number, number, { id: string }][],
            string[] | null,
          ][];
          const nested = (found?.[1] ?? []).map(([, , data]) => data.id);
          const walledOff = hiddenRecords(reader, row, rules);
          const allowed = reads ? records.filter((recordId) => !walledOff.includes(recordId)) : [];
          expect(new Set(nested)).toEqual(new Set(allowed));
          if (reads) {
            const hidden = records.filter((recordId) => !allowed.includes(recordId));
            expect(new Set(found[2] ?? [])).toEqual(new Set(hidden));
            stopped += hidden.length;
          }
          for (const recordId of records) {
            const alone = run(recordById(compilation, { ...shape, model: notes }), access, { ...moment, id: recordId });
            expect(alone.length > 0).toBe(allowed.includes(recordId));
          }
          for (const event of events) {
            const { noteId } = JSON.parse(event.payload) as { noteId?: string };
            const shared = reach !== null && reach.since <= event.revision;
            expect(fed.has(event.sequence!)).toBe(shared && (noteId === undefined || !walledOff.includes(noteId)));
            if (reach !== null && !shared) before++;
          }
          if (reads) seen++;
          else unseen++;
        }
      }),
      { numRuns: 150 },
    );
    // Else the property would hold of nothing.
    expect(Math.min(seen, unseen, stopped, before)).toBeGreaterThan(5);
  });
});
