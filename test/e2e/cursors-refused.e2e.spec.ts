import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Cursors } from '#api/cursors.js';
import { type Answer } from './api.js';
import { codeOf } from './code-of.js';
import { recordPages } from './pages-of-cases.js';
import { Service } from './service.js';

describe('a cursor is refused', () => {
  let service: Service;
  let caseId: string;
  let other: string;
  let cursor: { cases: string; notes: string; history: string; feed: string };
  let logId: string;
  let head: number;
  beforeAll(async () => {
    service = await Service.start();
    ({ caseId, other } = await recordPages(service));
    const { data, extensions } = await service.ask(
      `query ($id: ID!) { cases(first: 2) { pageInfo { endCursor } } events(after: "0", first: 1) { cursor head }
        case(id: $id) { notes(first: 2) { pageInfo { endCursor } } history(first: 2) { pageInfo { endCursor } } } }`,
      { id: caseId },
    );
    cursor = {
      cases: data.cases.pageInfo.endCursor,
      notes: data.case.notes.pageInfo.endCursor,
      history: data.case.history.pageInfo.endCursor,
      feed: data.events.cursor,
    };
    ({ logId, sequence: head } = extensions!.asOf);
  });
  afterAll(() => service.stop());

  const nested = (list: string, id: string, after: string, more = '') =>
    service.ask(
      `query ($id: ID!, $after: String) { case(id: $id) { ${list}(after: $after ${more}) { nodes { id } } } }`,
      {
        id,
        after,
      },
    );
  const cases = (after: string, args = '') =>
    service.ask(`query ($after: String) { cases(after: $after ${args}) { nodes { id } } }`, { after });
  const events = (after: string, args = '') =>
    service.ask(`query ($after: String) { events(after: $after ${args}) { nodes { id } } }`, { after });

  const reads = (after: string) =>
    service.ask('query ($id: ID!, $after: String) { accessReads(caseId: $id, after: $after) { cursor } }', {
      id: caseId,
      after,
    });
  const refused = async (asked: Promise<Answer>, why: RegExp): Promise<void> => {
    const answer = await asked;
    expect(codeOf(answer)).toBe('CURSOR_INVALID');
    expect(answer.errors![0].message).toMatch(why);
    expect(answer.errors![0].message).toMatch(/Ask for the first page again, without `after`\.$/);
  };

  it('that is damaged', async () => {
    const { cases: good } = cursor;
    const flip = (at: number) => `${good.slice(0, at)}${good[at] === 'A' ? 'B' : 'A'}${good.slice(at + 1)}`;
    for (const bad of [
      flip(0),
      flip(30),
      good.slice(0, -4),
      `${good}AAAA`,
      good.toUpperCase(),
      '',
      'x',
      '5',
      '\u{1f600}',
    ]) {
      await refused(cases(bad), /damaged/);
      await refused(nested('notes', caseId, bad), /damaged/);
      await refused(reads(bad), /damaged/);
      if (bad !== '5' && bad !== '') await refused(events(bad), /damaged/);
    }
    expect((await cases(good)).errors).toBeUndefined();
  });

  it('of another list', async () => {
    await refused(cases(cursor.feed), /it is one of events, not of cases/);
    await refused(cases(cursor.notes), /one of case\.notes, not of cases/);
    await refused(nested('notes', caseId, cursor.history), /one of case\.history, not of case\.notes/);
    await refused(nested('history', caseId, cursor.notes), /one of case\.notes, not of case\.history/);
    await refused(events(cursor.cases), /one of cases, not of events/);
  });

  it('of other arguments, or another case', async () => {
    await refused(cases(cursor.cases, 'filter: { kind: { eq: CASE } }'), /arguments/);
    await refused(cases(cursor.cases, 'orderBy: { field: NUMBER }'), /arguments/);
    await refused(cases(cursor.cases, 'asOf: { sequence: 20 }'), /arguments/);
    await refused(nested('notes', other, cursor.notes), /arguments/);
    const then = `{ case(id: "${caseId}", asOf: { sequence: ${head - 1} }) { notes(after: "${cursor.notes}") { nodes { id } } } }`;
    await refused(
      service.ask(then),
      new RegExp(`read at sequence ${head}, later than the moment now asked for, ${head - 1}`),
    );
    await refused(nested('history', caseId, cursor.history, 'types: ["CaseOpened"]'), /arguments/);
    // What is null was not given.
    expect((await cases(cursor.cases, 'filter: null, orderBy: null, asOf: null')).errors).toBeUndefined();
    // A feed goes on whatever it is asked for from there.
    expect((await events(cursor.feed, 'types: ["CaseOpened"]')).errors).toBeUndefined();
  });

  it('of somebody else, whether or not they may see as much', async () => {
    const other = await service.keyFor('olga', ['ADMINISTRATOR']);
    const list = `{ cases(after: "${cursor.cases}") { nodes { id } } }`;
    await refused(service.ask(list, {}, other), /for somebody else/);
    await refused(service.ask(`{ events(after: "${cursor.feed}") { head } }`, {}, other), /for somebody else/);
    const second = await service.keyFor('investigator', ['REVIEWER'], 'The same, with another key');
    expect((await service.ask(list, {}, second)).errors).toBeUndefined();
    expect((await service.ask(`{ events(after: "${cursor.feed}") { head } }`, {}, second)).errors).toBeUndefined();
  });

  it('of another log, or ahead of this one', async () => {
    const place = { kind: 'cases', sequence: 5, position: 5 };
    await refused(cases(new Cursors(randomUUID(), 'guess').of('administrator').encode(place, {})), /another log/);
    const secret = (await readFile(`${service.folder}/cursor.key`, 'utf8')).trim();
    const own = new Cursors(logId, secret).of('investigator');
    expect((await cases(own.encode(place, {}))).errors).toBeUndefined();
    await refused(
      cases(own.encode({ ...place, sequence: head + 1000 }, {})),
      /the log ends at \d+ \(was a backup restored\?\)/,
    );
    await refused(
      events(own.encode({ kind: 'events', sequence: head + 1000, position: head + 1000 })),
      /the log ends at/,
    );
    await refused(events(String(head + 1000)), /the log ends at/);
  });
});
