import { DatabaseSync } from '@photostructure/sqlite';
import {
  cases,
  knowings,
  notes,
  projections as group,
} from '../../../../test/contracts/fixtures/read-store-projections.mjs';
import { Access } from '../queries/access-sql.js';
import { type Compilation } from '../queries/builder.js';
import { eventKinds, eventPlaces } from '../queries/event-queries.js';
import { marksOfEvents, marksOfRecords } from '../queries/mark-queries.js';
import { pointOfEvent, pointOfSequence, pointOfTime } from '../queries/point-queries.js';
import { hiddenIds, recordById, recordsOfSubjects, versionsBetween } from '../queries/record-queries.js';
import { countSubjects, oneSubject, subjectsByColumn, subjectsByLastChange } from '../queries/subject-queries.js';
import { toldPlaces } from '../queries/told-queries.js';
import { type Statement } from '../read-store.js';
import { sqliteDialect } from './dialect.js';
import { VERSIONS_PER_EVENT } from '../versions.js';
import { IN_TIME } from './names.js';
import { schemaOf } from './schema.js';

/** What runs in the main thread must be served by an index: on a full store, a scan would hold everybody up. */
describe('plans of short reads', () => {
  const db = new DatabaseSync(':memory:');
  const compilation = { dialect: sqliteDialect, group, effort: 'short' } as const;
  const walls = { names: ['PERSON/ann'], byName: ['LIMIT'], asMember: ['PRIVILEGE'] };
  const told = { anybody: 1, holders: [{ name: 'PERSON/ann', since: 0 }] };
  const subjects = { anybody: true, holders: ['PERSON/ann'], fromGrant: false };
  const access = new Access({ subjects, walls, marks: null, told, hiddenStreamPrefixes: ['access-'] }, group);
  const names = ['PERSON/pia', 'ORGANISATION/acme'];
  const marks = {
    ...{ names, organisations: names.slice(1), open: ['CLEAR'], asRecipient: ['RED'] },
    ...{ asOriginator: ['AMBER'], asCommunity: ['GREEN'] },
  };
  const ofPartner = { anybody: false, holders: names, fromGrant: true };
  const partner = new Access({ subjects: ofPartner, walls, marks, told, hiddenStreamPrefixes: ['access-'] }, group);
  beforeAll(() => db.exec(schemaOf(group)));
  afterAll(() => db.close());

  const planOf = ({ sql, slots }: Statement): string[] => {
    const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...slots.map(() => 1)) as { detail: string }[];
    return plan.map(({ detail }) => detail);
  };
  const shape = { access, where: null, after: true, recent: false };
  const byTitle = ['test', 'eq', 'title'] as const;
  const statements: [string, Statement, string][] = [true, false].flatMap((now) => {
    const bound = now ? '' : ' AND v<?';
    return [
      [
        'a subject by id',
        oneSubject(compilation, { ...shape, model: cases, now }),
        `r USING INDEX cases_subject (subject_key=?${bound})`,
      ],
      [
        'a subject by a column',
        oneSubject(compilation, { ...shape, model: cases, now, where: [...byTitle] }),
        `r USING INDEX cases_by_title (title=?${bound})`,
      ],
      [
        'the default list',
        subjectsByLastChange(compilation, { ...shape, model: cases, now }),
        now ? 'h USING INDEX case_head_now (v<?)' : 'h USING INTEGER PRIMARY KEY (rowid<?)',
      ],
      [
        'the recent part of a list with a condition',
        subjectsByLastChange(compilation, { ...shape, model: cases, now, recent: true, where: ['test', 'eq', 'rank'] }),
        now ? 'h USING INDEX case_head_now (v>? AND v<?)' : 'h USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
      ],
      [
        'records',
        recordsOfSubjects(compilation, { ...shape, model: notes, now }),
        'r USING INDEX notes_subject (subject_key=? AND v<?)',
      ],
      ['a record', recordById(compilation, { ...shape, model: notes, now }), 'r USING INDEX notes_id (id=?)'],
    ].map(
      ([name, statement, index]) =>
        [`${name as string} ${now ? 'now' : 'as of'}`, statement, index] as [string, Statement, string],
    );
  });

  it.each([true, false])('find what tells of each record that somebody knew by its id, now: %s', (now) => {
    const knower = { model: knowings, party: 'p', time: '2025-03-07T00:00:00.000Z' };
    const ofKnower = { ...shape, access: access.knowing(knower), now };
    const told = (model: typeof notes): string[] =>
      planOf(recordsOfSubjects(compilation, { ...ofKnower, model })).filter((step) => step.startsWith('SEARCH q '));
    const byRecord: unknown = expect.stringContaining('q USING INDEX knowings_by_recordId (recordId=?');
    // Whether it was known, and how well; of what shows with another record, by either.
    expect(told(notes)).toEqual(Array(2).fill(byRecord));
    expect(told(knowings)).toEqual(Array(4).fill(byRecord));
  });

  it('of long ones ask whether they may go on, and no others', () => {
    const long = { ...compilation, effort: 'long' } as const;
    const of = (chosen: Compilation): Statement[] => [
      countSubjects(chosen, { ...shape, model: cases, now: true }),
      oneSubject(chosen, { ...shape, model: cases, now: true, where: [...byTitle] }),
      subjectsByLastChange(chosen, { ...shape, model: cases, now: true }),
      subjectsByColumn(chosen, { ...shape, model: cases, now: true, order: { column: 'rank', direction: 'asc' } }),
      recordsOfSubjects(chosen, { ...shape, model: notes, now: true }),
      versionsBetween(chosen, notes, access),
      eventPlaces(chosen, { access, by: { of: 'log', types: true, subjects: false } }),
    ];
    for (const { sql } of of(long)) expect(sql).toContain(`${IN_TIME}()`);
    for (const { sql } of of(compilation)) expect(sql).not.toContain(IN_TIME);
  });

  it('of long ones ask at every 256th event, whether they walk versions or events', () => {
    const long = { ...compilation, effort: 'long' } as const;
    const asked = ({ sql }: Statement): string | undefined => / & (\d+) <> 0 or/.exec(sql)?.[1];
    expect([
      asked(countSubjects(long, { ...shape, model: cases, now: true })),
      asked(eventPlaces(long, { access, by: { of: 'log', types: true, subjects: false } })),
    ]).toEqual([String(255 * VERSIONS_PER_EVENT), '255']);
  });

  it.each<[string, Statement, string, number?]>([
    ...statements,
    [
      'history',
      eventPlaces(compilation, { access, by: { of: 'subject', types: true, after: true, direction: 'forwards' } }),
      'e USING INDEX events_subject (subject_key=? AND sequence>? AND sequence<?)',
    ],
    [
      'history backwards',
      eventPlaces(compilation, { access, by: { of: 'subject', types: false, after: true, direction: 'backwards' } }),
      'e USING INDEX events_subject (subject_key=? AND sequence<?)',
    ],
    [
      'the feed',
      eventPlaces(compilation, { access, by: { of: 'log', types: false, subjects: false } }),
      'e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
    ],
    [
      'the feed of subjects',
      eventPlaces(compilation, { access, by: { of: 'log', types: true, subjects: true } }),
      'e USING INDEX events_subject (subject_key=? AND sequence>? AND sequence<?)',
    ],
    ['kinds of events', eventKinds(compilation), 'e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
    [
      'what the feed tells of gained subjects',
      toldPlaces(compilation, access, ['begins']),
      'g USING INDEX grants_begun (begins>? AND begins<?)',
    ],
    [
      'what the feed tells of lost subjects',
      toldPlaces(compilation, access, ['ends']),
      'g USING INDEX grants_ended (ends>? AND ends<?)',
    ],
    [
      'what the feed of subjects tells',
      toldPlaces(compilation, access, ['begins'], true),
      'g USING INDEX grants_begun (begins>? AND begins<?)',
    ],
    ['hidden records', hiddenIds(compilation, access), 'w USING INDEX walls_record (subject_key=?)', 2],
    [
      'hidden parts',
      hiddenIds(compilation, access),
      'p USING COVERING INDEX parts_owner (subject_key=? AND owner_id=?)',
    ],
    ['records hidden by marks', hiddenIds(compilation, partner), 'm USING INDEX marks_now (subject_key=?)', 2],
    [
      'a record now, and what it belongs to',
      recordById(compilation, { ...shape, model: notes, now: true }),
      'p USING COVERING INDEX parts_record (subject_key=? AND record_id=?)',
    ],
    [
      'a subject by id for partners',
      oneSubject(compilation, { ...shape, access: partner, model: cases, now: true }),
      'm USING INDEX marks_now (subject_key=? AND record_id=?)',
    ],
    [
      'the feed for partners',
      eventPlaces(compilation, { access: partner, by: { of: 'log', types: false, subjects: false } }),
      'e USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)',
    ],
    [
      'what the feed tells partners of gained subjects',
      toldPlaces(compilation, partner, ['begins']),
      'q USING INDEX marks_begun (begins>? AND begins<?)',
    ],
    [
      'marks of records',
      marksOfRecords(compilation, partner),
      'k USING INDEX marks_now (subject_key=? AND record_id=?)',
    ],
    ['marks of events', marksOfEvents(compilation, partner), 'k USING INDEX marks_now (subject_key=?)'],
    ['an event', eventPlaces(compilation, { access, by: { of: 'id' } }), 'e USING INDEX events_id (id=?'],
    ['the moment of an event', pointOfEvent(compilation, access), 'e USING INDEX events_id (id=?)'],
    ['the moment of a time', pointOfTime(compilation), 'e USING COVERING INDEX events_log_time (log_time<?)'],
    ['the moment of a sequence', pointOfSequence(compilation), 'e USING INTEGER PRIMARY KEY (rowid=?)'],
  ])('%s', (_, statement, index, times = 1) => {
    const plan = planOf(statement);
    expect(plan.filter((step) => step.includes(index))).toHaveLength(times);
    const scans = plan.filter((step) => /^SCAN (?!checkpoint|i$|k |json_each|n |t |h$|p$)/.test(step));
    expect(scans).toEqual([]);
    expect(plan.filter((step) => step.includes('TEMP B-TREE FOR ORDER BY'))).toHaveLength(
      /moment of an event|^the feed of subjects|^a record (now|as of)/.test(_) ? 1 : 0,
    );
  });
});
