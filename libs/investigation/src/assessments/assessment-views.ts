import { type Type } from '@nestjs/common';
import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { connection, type Connection, PageArgs } from '#api/connection.js';
import { pageRequest, RowPage } from '#api/paging.js';
import { type RequestContext } from '#api/request-context.js';
import { type ReadModel } from '#read-models/read-model.js';
import { nodeReadAt, readAt } from '../cases/case-node.js';
import { type AssessedRecord } from './assessed-record.js';

/** The resolver of `views` of assessments of this type: what each was at every change, up to the moment it is read at. */
export function assessmentViews(type: Type<AssessedRecord>, model: ReadModel): Type {
  const ViewConnection = connection(type);

  class ViewsResolver {
    async views(parent: AssessedRecord, args: PageArgs, context: RequestContext): Promise<Connection<AssessedRecord>> {
      const read = readAt(parent);
      const { session, at, key } = read;
      const list = { kind: `${model.name}.views`, args: parent.id };
      const request = await pageRequest(list, args, at, context);
      const record = { id: parent.id, subjectKey: key };
      const { rows, hasNext } = await session.versions(model, record, request, request.at);
      const placed = rows.map(({ v, row }) => ({ cursor: v, row }));
      return new RowPage(placed, hasNext, ({ row }) => nodeReadAt(row, read), list, request, context);
    }
  }
  const { prototype } = ViewsResolver;
  const views = Object.getOwnPropertyDescriptor(prototype, 'views')!;
  Reflect.defineMetadata('design:paramtypes', [type, PageArgs, Object], prototype, 'views');
  Parent()(prototype, 'views', 0);
  Args()(prototype, 'views', 1);
  Context()(prototype, 'views', 2);
  const description =
    'The assessment as it was from each of its changes on, the last first: this view, then each earlier one.';
  ResolveField('views', () => ViewConnection, { description })(prototype, 'views', views);
  Resolver(() => type)(ViewsResolver);
  return ViewsResolver;
}
