import { event } from '#event-sourcing/event.js';
import { uuidOf } from '#event-sourcing/hash.js';
import { openSqliteLog } from '#event-sourcing/log/sqlite/sqlite-event-log.js';
import { CaseOpened } from '#investigation/cases/open-case.js';
import { record } from '../builders/record.js';
import { Service } from './service.js';

/** As they come; as texts they would be in another order. */
const NUMBERS = [
  'CASE-2025-10000',
  'CASE-2025-K2N4P6',
  'CASE-2026-0002',
  'CASE-2026-9999',
  'CASE-2026-10000',
  'CASE-2027-0001',
];

it('cases by number come in the order of the numbers, also where some have five digits, page by page', async () => {
  const service = await withCases();
  try {
    for (const [direction, expected] of [
      ['ASC', NUMBERS],
      ['DESC', [...NUMBERS].reverse()],
    ] as const) {
      const found: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const page: any = await service.ask(
          `query ($after: String) { cases(first: 2, after: $after, orderBy: { field: NUMBER, direction: ${direction} }) {
            nodes { number } pageInfo { hasNextPage endCursor } } }`,
          { after },
        );
        const { nodes, pageInfo } = page.data.cases;
        found.push(...nodes.map(({ number }: { number: string }) => number));
        [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
      }
      expect(found).toEqual(expected);
    }
  } finally {
    await service.stop();
  }
});

/** A service whose log holds a case of each of these numbers: ten thousand would take long to open. */
async function withCases(): Promise<Service> {
  const fresh = await Service.start();
  await fresh.halt();
  const { folder } = fresh;
  const log = await openSqliteLog({ folder, onFatal: (error) => void expect(error).toBeUndefined() });
  for (const at of [4, 5, 3, 0, 2, 1]) {
    const number = NUMBERS[at];
    const opened = { number, title: number, kind: 'CASE' as const, occurredAt: 'NOT_STATED' };
    await record(log, `case-${uuidOf(number)}`, [event(CaseOpened, opened)]);
  }
  await log.close();
  return Service.on(folder);
}
