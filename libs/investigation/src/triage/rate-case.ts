import { Field, ObjectType } from '@nestjs/graphql';
import { IsIn, IsOptional } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { OptionalProse } from '../fields.js';
import { changesNothing } from '../same-content.js';
import { CasePriority, CaseSeverity } from './case-ratings.js';

@CommandInput('Says how severe a case is, and how soon it is to be worked on: what is omitted stays.')
export class RateCase extends CaseCommand {
  @Field(() => CaseSeverity, { nullable: true, description: 'How severe it is. Omitted: unchanged.' })
  @IsOptional()
  @IsIn(Object.values(CaseSeverity))
  severity?: CaseSeverity | null;

  @Field(() => CasePriority, { nullable: true, description: 'How soon it is to be worked on. Omitted: unchanged.' })
  @IsOptional()
  @IsIn(Object.values(CasePriority))
  priority?: CasePriority | null;

  @OptionalProse('Why.')
  reason?: string | null;
}

@ObjectType({ description: 'A case was rated: how severe it is, or how soon it is to be worked on.' })
@StoredEvent<CaseRated>('CaseRated', {
  version: 1,
  stix: 'incident: severity and priority (x_severity, x_priority)',
  summary: ({ severity, priority, reason }) => {
    const rated = [...(severity ? [`severity ${severity}`] : []), ...(priority ? [`priority ${priority}`] : [])];
    return `Case rated: ${rated.join(', ')}${reason ? ` (${excerpt(reason)})` : ''}`;
  },
})
export class CaseRated {
  @Field(() => CaseSeverity, { nullable: true, description: 'How severe it is from now on; null: unchanged.' })
  severity?: CaseSeverity;

  @Field(() => CasePriority, {
    nullable: true,
    description: 'How soon it is to be worked on, from now on; null: unchanged.',
  })
  priority?: CasePriority;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const rateCase = slice<CaseState, RateCase>(RateCase, ({ severity, priority, reason }, state) => {
  requireOpen(state);
  if (changesNothing(state, { severity, priority })) {
    refuse('NOTHING_CHANGED', 'Give at least one of severity and priority that differs.');
  }
  return [event(CaseRated, { severity, priority, reason } as CaseRated)];
});
