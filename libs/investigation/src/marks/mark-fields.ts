import { type Type } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RecordedEvent } from '#api/recorded-event.js';
import { RequestContext } from '#api/request-context.js';
import { type ShownMark } from '#read-models/read-session.js';
import { Case } from '../cases/case.js';
import { readAt } from '../cases/case-node.js';
import { type CaseRecord } from '../record.js';
import { Mark } from './mark.js';

/** The marks on a case. */
@Resolver(() => Case)
export class CaseMarks {
  @ResolveField(() => [Mark], {
    description:
      'The marks that stand on the case now, whatever moment it is read at, one of each originator: all of them hold.',
  })
  marks(@Parent() parent: Case): Promise<ShownMark[]> {
    const { session, key } = readAt(parent);
    return session.marksOfRecord(key);
  }
}

/** The marks on what an event concerns. */
@Resolver(() => RecordedEvent)
export class EventMarks {
  @ResolveField(() => [Mark], {
    description: 'The marks that stand now on the case and on the records that the event concerns: all of them hold.',
  })
  marks(@Parent() { sequence }: RecordedEvent, @Context() context: RequestContext): Promise<ShownMark[]> {
    return context.marksOfEvent(sequence);
  }
}

/** The resolver of the marks on records of this type, read where their list was. */
export function recordMarks(type: Type<CaseRecord>): Type {
  class MarksResolver {
    marks(parent: CaseRecord): Promise<ShownMark[]> {
      const { session, key } = readAt(parent);
      return session.marksOfRecord(key, parent.id);
    }
  }
  const { prototype } = MarksResolver;
  Reflect.defineMetadata('design:paramtypes', [type], prototype, 'marks');
  Parent()(prototype, 'marks', 0);
  const description =
    'The marks that stand now on the record and on its case, whatever moment is read, one of each originator: all of them hold.';
  ResolveField(() => [Mark], { description })(prototype, 'marks', Object.getOwnPropertyDescriptor(prototype, 'marks')!);
  Resolver(() => type)(MarksResolver);
  return MarksResolver;
}
