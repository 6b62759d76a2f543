import { randomUUID } from 'node:crypto';
import { codeOf } from './code-of.js';
import { type Answer } from './api.js';
import { recordPages } from './pages-of-cases.js';
import { Service } from './service.js';

interface Page {
  nodes: { id: string }[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

const PAGE = 'nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const idsOf = ({ nodes }: Pick<Page, 'nodes'>): string[] => nodes.map(({ id }) => id);

describe('pages', () => {
  let service: Service;
  let caseId: string;
  beforeAll(async () => {
    service = await Service.start();
    ({ caseId } = await recordPages(service));
  });
  afterAll(() => service.stop());

  /** All pages of a list, each checked, with something done to the record between one and the next. */
  async function allPages(
    page: (after: string | null) => Promise<Answer>,
    listOf: (data: any) => Page,
    disturb: () => Promise<unknown>,
  ): Promise<string[]> {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const { data, errors } = await page(after);
      if (errors) throw new Error(JSON.stringify(errors));
      const { nodes, edges, pageInfo } = listOf(data);
      expect(edges.map(({ node }) => node)).toEqual(nodes);
      expect(pageInfo).toMatchObject({
        hasPreviousPage: after !== null,
        startCursor: edges[0].cursor,
        endCursor: edges.at(-1)!.cursor,
      });
      ids.push(...idsOf({ nodes }));
      if (!pageInfo.hasNextPage) return ids;
      await disturb();
      // Any edge's cursor can be gone on from.
      const [last, before] = [edges.at(-1)!, edges.at(-2)];
      if (before && ids.length % 2) {
        const from = listOf((await page(before.cursor)).data);
        expect(idsOf(from)[0]).toBe(last.node.id);
      }
      after = pageInfo.endCursor;
    }
  }

  /** Cases change places, names and forms in every order; a new one joins them at first. */
  const changeCases = (): (() => Promise<unknown>) => {
    let opened = false;
    return async () => {
      const { data } = await service.ask('{ cases(first: 100) { nodes { id kind } } }');
      const [oldest, next] = data.cases.nodes.reverse();
      const kind = oldest.kind === 'CASE' ? 'INCIDENT' : 'CASE';
      return Promise.all([
        opened || service.done('openCase', { title: 'Case 1', kind }).then(() => (opened = true)),
        service.done('amendCase', { caseId: oldest.id, title: `Amended ${randomUUID()}`, kind }),
        service.done('addNote', { caseId: next.id, text: { text: 'x' } }),
      ]);
    };
  };

  it.each([
    ['the last change', ''],
    ['the last change, filtered', 'filter: { kind: { eq: CASE } }'],
    ['the number', 'orderBy: { field: NUMBER }'],
    ['the number, ascending', 'orderBy: { field: NUMBER, direction: ASC }'],
    ['the time of recording', 'orderBy: { field: RECORDED, direction: ASC }'],
    ['the title', 'orderBy: { field: TITLE, direction: ASC }'],
    ['the title, filtered', 'orderBy: { field: TITLE }, filter: { not: { kind: { eq: CASE } } }'],
  ])('of cases by %s neither skip nor repeat while others record', async (_what, args) => {
    const list = (first: number, after: string | null, more = '') =>
      service.ask(
        `query ($after: String) { cases(first: ${first}, after: $after, ${args} ${more}) { ${PAGE} totalCount { value } } }`,
        { after },
      );
    const start = await list(100, null);
    const { sequence } = start.extensions!.asOf;
    const whole = idsOf(start.data.cases);
    expect(whole.length).toBeGreaterThan(4);
    const counts = new Set<number>();
    const paged = (more: string) =>
      allPages(
        (after) => list(2, after, more),
        ({ cases }) => (counts.add(cases.totalCount.value), cases),
        changeCases(),
      );
    expect(await paged('')).toEqual(whole);
    // The count too is of the moment of the first page.
    expect([...counts]).toEqual([whole.length]);
    expect(await paged(`asOf: { sequence: ${sequence} }`)).toEqual(whole);
  });

  it('behind the first tell the moment they are read at', async () => {
    const first = await service.ask('{ cases(first: 1) { pageInfo { endCursor } } }');
    await service.done('addNote', { caseId, text: { text: 'Meanwhile' } });
    const next = await service.ask('query ($after: String) { more: cases(after: $after) { nodes { id } } }', {
      after: first.data.cases.pageInfo.endCursor,
    });
    expect(next.extensions!.asOf.sequence).toBeGreaterThan(first.extensions!.asOf.sequence);
    expect(next.extensions!.asOf.fields).toEqual({ more: first.extensions!.asOf.sequence });
  });

  it.each([
    ['notes', 'id', () => service.done('addNote', { caseId, text: { text: 'New' } })],
    ['parties', 'id', () => service.done('addParty', { caseId, partyKind: 'GROUP' })],
    ['history', 'id', () => service.done('addNote', { caseId, text: { text: 'New' } })],
  ])('of the %s of a case neither skip nor repeat while others record', async (list, _id, disturb) => {
    const page = (first: number, after: string | null) =>
      service.ask(
        `query ($id: ID!, $after: String) { case(id: $id) { ${list}(first: ${first}, after: $after) { ${PAGE} } } }`,
        { id: caseId, after },
      );
    const whole = idsOf((await page(100, null)).data.case[list]);
    expect(whole.length).toBeGreaterThan(6);
    expect(new Set(whole).size).toBe(whole.length);
    const paged = await allPages(
      (after) => page(3, after),
      ({ case: found }) => found[list],
      disturb,
    );
    expect(paged).toEqual(whole);
  });

  it('of records below a list of cases are each case’s own', async () => {
    const notes = 'notes(first: 2) { nodes { id text { text } } pageInfo { hasNextPage endCursor } }';
    const { data } = await service.ask(`{ cases(first: 100) { nodes { id ${notes} } } }`);
    for (const { id, notes: listed } of data.cases.nodes) {
      const alone = await service.ask(`query ($id: ID!) { case(id: $id) { ${notes} } }`, { id });
      // Cursors tell the moment too, which nothing has changed since.
      expect(alone.data.case.notes).toEqual(listed);
    }
    expect(data.cases.nodes.filter((node: any) => node.notes.pageInfo.hasNextPage).length).toBeGreaterThan(0);
    expect(data.cases.nodes.filter((node: any) => node.notes.nodes.length === 0).length).toBeGreaterThan(0);
  });

  it('without anything on them have no cursors', async () => {
    const { data } = await service.ask(
      `query ($id: ID!) { cases(filter: { or: [] }) { ${PAGE} } case(id: $id) { violations { ${PAGE} } history(types: ["None"]) { ${PAGE} } } }`,
      { id: caseId },
    );
    const nothing = {
      ...{ nodes: [], edges: [] },
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    };
    expect(data).toEqual({ cases: nothing, case: { violations: nothing, history: nothing } });
  });

  it.each([0, 101, -1, 2 ** 31 - 1])('hold 1 to 100: first %d is refused', async (first) => {
    for (const query of [
      `{ cases(first: ${first}) { nodes { id } } }`,
      `{ events(first: ${first}) { head } }`,
      `{ case(id: "${caseId}") { notes(first: ${first}) { nodes { id } } } }`,
      `{ case(id: "${caseId}") { history(first: ${first}) { nodes { id } } } }`,
    ]) {
      const answer = await service.ask(query);
      expect(codeOf(answer)).toBe('LIMIT_EXCEEDED');
      expect(answer.errors![0].extensions).toMatchObject({ argument: 'first', allowed: 100 });
    }
  });

  it('hold 20 if nothing is said, or null', async () => {
    for (const first of ['', '(first: null)']) {
      const { data } = await service.ask(`{ case(id: "${caseId}") { history${first} { nodes { id } } } }`);
      expect(data.case.history.nodes).toHaveLength(20);
    }
  });
});
