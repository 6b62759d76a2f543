import { codeOf } from './code-of.js';
import { Service } from './service.js';

/** Titles stand for the cases: what they are called, their form, when they began, what they came to. */
const CASES: [title: string, kind: string, occurredAt: string, resolution: string | null][] = [
  ['Autumn', 'INCIDENT', '2024-09/2024-11', null],
  ['Until January', 'CASE', '../2025-01', 'NO_VIOLATION'],
  ['Since January', 'CASE', '2025-01/..', null],
  ['Unknown', 'SUSPICIOUS_ACTIVITY', 'NOT_STATED', 'REFERRED'],
  ['That year', 'INCIDENT', '2024', 'NO_VIOLATION'],
  ['One day', 'SUSPICIOUS_ACTIVITY', '2025-02-10', null],
  ['Season', 'CASE', '2024-23', 'WITHDRAWN'],
  ['Élan Vítal', 'INCIDENT', '1999', null],
];
/** How some of them were rated and tagged when they were opened. */
const TRIAGE: Record<string, object> = {
  Autumn: { severity: 'HIGH', tags: ['Élan', 'api'] },
  'That year': { severity: 'LOW', priority: 'CRITICAL', tags: ['API keys'] },
  Season: { severity: 'HIGH', priority: 'LOW', tags: ['API', 'press'] },
};
const fold = (title: string): string => title.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
const ALL = CASES.map(([title]) => title);

describe('the list of cases', () => {
  let service: Service;
  const numbers = new Map<string, string>();
  let between: string;
  beforeAll(async () => {
    service = await Service.start();
    for (const [title, kind, occurredAt, resolution] of CASES) {
      const { case: opened } = await service.done('openCase', { title, kind, occurredAt, ...TRIAGE[title] });
      if (title === 'Autumn') await service.done('assignLead', { caseId: opened.id, lead: 'investigator' });
      if (title === 'That year') await service.done('assignCase', { caseId: opened.id, assignees: ['investigator'] });
      numbers.set(title, opened.number as string);
      if (title === 'That year') between = (await recordedAt(title)) as string;
      if (resolution) await service.done('closeCase', { caseId: opened.id, resolution });
    }
  });
  afterAll(() => service.stop());

  const recordedAt = async (title: string): Promise<unknown> => {
    const { data } = await service.ask('query ($n: String) { case(number: $n) { recordedAt } }', {
      n: numbers.get(title),
    });
    return data.case.recordedAt;
  };
  const list = (filter: object | null, more = '', fields = 'nodes { title }') =>
    service.ask(`query ($filter: CaseFilter) { cases(filter: $filter, first: 100 ${more}) { ${fields} } }`, { filter });
  const titles = async (filter: object | null, more = ''): Promise<string[]> => {
    const { data, errors } = await list(filter, more);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.cases.nodes.map(({ title }: { title: string }) => title) as string[];
  };
  const count = async (filter: object | null, args = ''): Promise<unknown> =>
    (await list(filter, '', `totalCount${args} { value exact }`)).data.cases.totalCount;

  const number = (title: string): string => numbers.get(title)!;
  const kind = (eq: string) => ({ kind: { eq } });
  const CLOSED = { status: { eq: 'CLOSED' } };

  it.each<[what: string, filter: () => object | null, expected: string[]]>([
    ['nothing', () => null, ALL],
    ['an empty filter', () => ({}), ALL],
    ['a kind', () => kind('CASE'), ['Until January', 'Since January', 'Season']],
    ['some kinds', () => ({ kind: { in: ['CASE', 'INCIDENT'] } }), ALL.filter((t) => !/Unknown|One day/.test(t))],
    ['no kind at all', () => ({ kind: { in: [] } }), []],
    ['eq and in that contradict', () => ({ kind: { eq: 'CASE', in: ['INCIDENT'] } }), []],
    ['a status', () => CLOSED, ['Until January', 'Unknown', 'That year', 'Season']],
    ['a resolution', () => ({ resolution: { eq: 'NO_VIOLATION' } }), ['Until January', 'That year']],
    [
      'not a resolution: those without one count',
      () => ({ not: { resolution: { in: ['NO_VIOLATION', 'REFERRED'] } } }),
      ['Autumn', 'Since January', 'One day', 'Season', 'Élan Vítal'],
    ],
    ['a title, folded', () => ({ title: { eq: 'elan VITAL' } }), ['Élan Vítal']],
    ['titles, folded', () => ({ title: { in: ['ÀUTUMN', 'season', 'none'] } }), ['Autumn', 'Season']],
    ['a part of a title', () => ({ title: { eq: 'Aut' } }), []],
    ['a number', () => ({ number: { eq: number('Season') } }), ['Season']],
    ['numbers', () => ({ number: { in: [number('Season'), number('Autumn'), 'x'] } }), ['Autumn', 'Season']],
    ['before a recorded moment', () => ({ recordedAt: { before: between } }), ALL.slice(0, 4)],
    ['before a part of a millisecond', () => ({ recordedAt: { before: between.replace('Z', '5Z') } }), ALL.slice(0, 5)],
    ['after it', () => ({ recordedAt: { after: between } }), ALL.slice(5)],
    [
      'neither before nor after it',
      () => ({ not: { or: [{ recordedAt: { before: between } }, { recordedAt: { after: between } }] } }),
      ['That year'],
    ],
    ['all of nothing', () => ({ and: [] }), ALL],
    ['one of nothing', () => ({ or: [] }), []],
    ['nulls', () => ({ and: null, or: null, not: null, kind: null, title: { eq: null, in: null } }), ALL],
    [
      'and, or, not, nested',
      () => ({
        or: [{ and: [kind('CASE'), { not: CLOSED }] }, { and: [kind('INCIDENT'), CLOSED] }, { not: { or: [{}] } }],
        not: { title: { eq: 'autumn' } },
      }),
      ['Since January', 'That year'],
    ],
    ['severity', () => ({ severity: { eq: 'HIGH' } }), ['Autumn', 'Season']],
    ['priority', () => ({ priority: { in: ['LOW', 'CRITICAL'] } }), ['That year', 'Season']],
    ['tag', () => ({ tag: { eq: 'Api' } }), ['Autumn', 'Season']],
    ['tags, one of them', () => ({ tag: { in: ['ELAN', 'press'] } }), ['Autumn', 'Season']],
    ['tags, all of them', () => ({ and: [{ tag: { eq: 'elan' } }, { tag: { eq: 'api' } }] }), ['Autumn']],
    ['lead', () => ({ lead: { eq: 'investigator' } }), ['Autumn']],
    ['assignee', () => ({ assignee: { eq: 'investigator' } }), ['That year']],
    ['not not', () => ({ not: { not: CLOSED } }), ['Until January', 'Unknown', 'That year', 'Season']],
  ])('filters by %s', async (_what, filterOf, expected) => {
    const filter = filterOf();
    expect((await titles(filter)).sort()).toEqual([...expected].sort());
    expect(await count(filter)).toEqual({ value: expected.length, exact: true });
    const others = ALL.filter((title) => !expected.includes(title));
    expect((await titles({ not: filter ?? {} })).sort()).toEqual(others.sort());
  });

  it.each<[occurredAt: object, expected: string[]]>([
    [{ overlaps: '2024-12' }, ['Until January', 'That year', 'Season']],
    [{ overlaps: '2024-12-21' }, ['Until January', 'That year', 'Season']],
    [{ overlaps: '2024-12-22' }, ['Until January', 'That year']],
    [{ overlaps: '2025-02-10T23:59:59.999Z' }, ['Since January', 'One day']],
    [{ overlaps: '2025-03/..' }, ['Since January']],
    [{ overlaps: '../2024-08' }, ['Until January', 'That year', 'Élan Vítal']],
    [{ overlaps: '2025-01/2025-02' }, ['Until January', 'Since January', 'One day']],
    [{ overlaps: 'NOT_STATED' }, []],
    [{ before: '2025' }, ['Autumn', 'That year', 'Season', 'Élan Vítal']],
    [{ before: '2025-02-01T00:00:00Z' }, ['Autumn', 'Until January', 'That year', 'Season', 'Élan Vítal']],
    [{ before: '../2025' }, []],
    [{ before: 'NOT_STATED' }, []],
    [{ after: '2024' }, ['Since January', 'One day']],
    [{ after: '2025-01-01' }, ['One day']],
    [{ after: '2025/..' }, []],
    [{ after: 'NOT_STATED' }, []],
    [{ after: '2000', before: '2025' }, ['Autumn', 'That year', 'Season']],
    [{ after: '2000', overlaps: '2024-10', before: '2025' }, ['Autumn', 'That year', 'Season']],
  ])('filters by when it began: %j', async (occurredAt, expected) => {
    expect((await titles({ occurredAt })).sort()).toEqual([...expected].sort());
    const others = ALL.filter((title) => !expected.includes(title));
    expect((await titles({ not: { occurredAt } })).sort()).toEqual(others.sort());
  });

  it.each<[what: string, filter: object]>([
    ['an impossible time', { occurredAt: { overlaps: '2025-02-30' } }],
    ['an unknown kind', { kind: { eq: 'CRIME' } }],
    ['an unknown field', { colour: { eq: 'red' } }],
    ['a moment without an offset', { recordedAt: { before: '2025-01-01' } }],
    ['an empty title', { title: { eq: '' } }],
    ['too long a title', { title: { in: ['x'.repeat(301)] } }],
    ['too many titles', { title: { in: Array<string>(101).fill('x') } }],
    ['too many branches', { or: Array<object>(21).fill({}) }],
    ['a wrong one deep within', { and: [{ or: [{ not: { occurredAt: { before: 'soon' } } }] }] }],
  ])('refuses %s in a filter', async (_what, filter) => {
    const answer = await list(filter);
    expect(codeOf(answer)).toBe('VALIDATION_FAILED');
    expect(answer.errors![0].extensions.violations).toEqual([
      { path: expect.stringMatching(/^filter\./), code: expect.any(String), message: expect.any(String) },
    ]);
  });

  it('orders by last change, the newest first, unless told otherwise', async () => {
    expect(await titles(null)).toEqual([...ALL].reverse());
    const { data } = await service.ask('query ($n: String) { case(number: $n) { id } }', { n: number('Autumn') });
    await service.done('addNote', { caseId: data.case.id, text: { text: 'Later' } });
    expect((await titles(null))[0]).toBe('Autumn');
    expect((await titles({ not: CLOSED }))[0]).toBe('Autumn');
  });

  it.each([
    ['NUMBER', ALL],
    ['RECORDED', ALL],
    ['TITLE', [...ALL].sort((a, b) => (fold(a) < fold(b) ? -1 : 1))],
  ])('orders by %s, both ways, now and as of', async (field, ascending) => {
    const descending = [...ascending].reverse();
    expect(await titles(null, `orderBy: { field: ${field}, direction: ASC }`)).toEqual(ascending);
    expect(await titles(null, `orderBy: { field: ${field} }`)).toEqual(descending);
    const { head } = (await service.ask('{ events(first: 1) { head } }')).data.events;
    expect(await titles(null, `asOf: { sequence: ${head} } orderBy: { field: ${field} }`)).toEqual(descending);
    const open = await titles({ not: CLOSED }, `orderBy: { field: ${field}, direction: ASC }`);
    expect(open).toEqual(ascending.filter((title) => open.includes(title)));
    expect(open).toHaveLength(4);
  });

  it('counts no further than asked', async () => {
    expect(await count(null)).toEqual({ value: 8, exact: true });
    expect(await count(null, '(max: 8)')).toEqual({ value: 8, exact: true });
    expect(await count(null, '(max: 7)')).toEqual({ value: 7, exact: false });
    expect(await count(kind('CASE'), '(max: 2)')).toEqual({ value: 2, exact: false });
    expect(await count(null, '(max: null)')).toEqual({ value: 8, exact: true });
    for (const max of [0, -1, 100_001]) {
      const answer = await list(null, '', `totalCount(max: ${max}) { value }`);
      expect(codeOf(answer)).toBe('VALIDATION_FAILED');
      expect(answer.errors![0].extensions.violations).toMatchObject([{ path: 'max' }]);
    }
  });
});
