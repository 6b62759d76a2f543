import { type ReadPoint } from '#read-models/read-session.js';
import { type Connection, type PageArgs, type PageInfo, pageSize } from './connection.js';
import { invalidCursor, ofLostPast } from './cursors.js';
import { type RequestContext } from './request-context.js';

/** A page that is asked for: where it is read, how many rows, behind which. */
export interface PageRequest {
  at: ReadPoint;
  first: number;
  after: number | undefined;
}

/** A list that is served in pages: its name and arguments bind its cursors to it. */
export interface PagedList {
  kind: string;
  args?: unknown;
}

/** What a page's arguments come to: pages behind a cursor are read at the moment of the first. */
export async function pageRequest(
  list: PagedList,
  args: PageArgs,
  at: ReadPoint,
  context: RequestContext,
): Promise<PageRequest> {
  const first = pageSize(args);
  if (args.after === null || args.after === undefined) return { at, first, after: undefined };
  const { cursors, session } = context;
  const { sequence, position, recordedAt } = cursors.decode(args.after, { ...list, head: await session.head() });
  if (!at.now && sequence > at.sequence) {
    invalidCursor(`it was read at sequence ${sequence}, later than the moment now asked for, ${at.sequence}`);
  }
  const point = await session.point(sequence);
  if (recordedAt !== undefined && recordedAt !== Date.parse(point.recordedAt)) ofLostPast(sequence);
  // What falls due is judged by the moment that is asked for, on each page.
  return { at: { ...point, moment: at.moment }, first, after: Number(position) };
}

/** A page of rows as a connection. Cursors are made only where they are asked for. */
export class RowPage<R extends { cursor: number }, N> implements Connection<N> {
  readonly nodes: readonly N[];
  private madeEdges: Connection<N>['edges'] | undefined;
  private madePageInfo: PageInfo | undefined;

  constructor(
    private readonly rows: readonly R[],
    private readonly hasNext: boolean,
    nodeOf: (row: R) => N,
    private readonly list: PagedList,
    private readonly request: PageRequest,
    private readonly context: RequestContext,
  ) {
    this.nodes = rows.map(nodeOf);
  }

  // Kept once made: a compiled query reads a property many times.
  get edges(): Connection<N>['edges'] {
    return (this.madeEdges ??= this.nodes.map((node, index) => ({ node, cursor: this.cursor(index)! })));
  }

  get pageInfo(): PageInfo {
    return (this.madePageInfo ??= {
      hasNextPage: this.hasNext,
      hasPreviousPage: this.request.after !== undefined,
      startCursor: this.cursor(0),
      endCursor: this.cursor(this.rows.length - 1),
    });
  }

  private cursor(index: number): string | null {
    const row = this.rows[index];
    if (!row) return null;
    const { kind, args } = this.list;
    const { sequence, recordedAt } = this.request.at;
    const cursor = { kind, sequence, position: row.cursor, recordedAt: Date.parse(recordedAt) };
    return this.context.cursors.encode(cursor, args);
  }
}
