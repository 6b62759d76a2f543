import { type Type } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { connection, type Connection, PageArgs } from '#api/connection.js';
import { pageRequest, RowPage } from '#api/paging.js';
import { type RequestContext } from '#api/request-context.js';
import { type ReadModel, type Row } from '#read-models/read-model.js';
import { type RecordRow } from '#read-models/read-session.js';
import { mergedInto, recordsOfAll } from '../merges/merged-cases.js';
import { Case } from './case.js';
import { boundTo, nodeReadAt, readAt } from './case-node.js';

/** A list of records that a case answers. */
export interface RecordList {
  /** The records' GraphQL type. */
  type: Type<object>;
  /** What the list holds, for the schema. */
  description: string;
  readModel: ReadModel;
  /** Whether it shows what is merged into the case too; yes unless said otherwise. */
  mergedHere?: boolean;
}

/** A row, with how well it was known where that was asked. */
const withKnown = ({ row, known }: RecordRow): Row => (known ? { ...row, known } : row);

/** The resolver of `Case.<read model>`: the records of that kind, last changed first, read where the case was. */
export function caseRecords({ type, description, readModel, mergedHere = true }: RecordList): Type {
  // What followed once and follows no longer belongs to no record.
  const where = readModel.derived ? ({ column: 'recordId', op: 'isNull', value: false } as const) : undefined;
  // Made now: when Nest asks for the type, it takes in no new ones.
  const RecordConnection = connection(type);

  class RecordsResolver {
    async page(parent: Case, args: PageArgs, context: RequestContext): Promise<Connection<object>> {
      const read = readAt(parent);
      const { session, at, key } = read;
      const list = { kind: `case.${readModel.name}`, args: boundTo(read) };
      const request = await pageRequest(list, args, at, context);
      const merged = mergedHere ? mergedInto(parent, request.at) : [];
      const others = merged instanceof Promise ? await merged : merged;
      if (others.length === 0) {
        const { rows, hasNext } = await session.records(readModel, key, { ...request, where }, request.at);
        const placed = rows.map((found) => ({ cursor: found.v, row: withKnown(found) }));
        return new RowPage(placed, hasNext, ({ row }) => nodeReadAt(row, read), list, request, context);
      }
      const page = await recordsOfAll(read, others, readModel, { ...request, where });
      const placed = page.rows.map((one) => ({ cursor: one.v, row: withKnown(one), read: one.read }));
      return new RowPage(placed, page.hasNext, (one) => nodeReadAt(one.row, one.read), list, request, context);
    }
  }
  const { prototype } = RecordsResolver;
  const page = Object.getOwnPropertyDescriptor(prototype, 'page')!;
  Reflect.defineMetadata('design:paramtypes', [Case, PageArgs, Object], prototype, 'page');
  Parent()(prototype, 'page', 0);
  Args()(prototype, 'page', 1);
  Context()(prototype, 'page', 2);
  ResolveField(readModel.name, () => RecordConnection, { description })(prototype, 'page', page);
  Resolver(() => Case)(RecordsResolver);
  return RecordsResolver;
}
