import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireParties } from '../known-records.js';
import { standing } from '../correctable.js';
import { Choice, Id, Parts, SaidBy, When, Words } from '../fields.js';
import { requireRoom } from '../room.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Quantity } from '../values/quantity.js';
import { Source, type SourceInput } from '../values/source.js';
import { Text, type TextInput } from '../values/text.js';
import { EffectKind } from './countermeasure-effect.js';

@CommandInput('Records what was observed of the effect of a countermeasure that is, or was, applied.')
export class RecordCountermeasureEffect extends CaseCommand {
  @Id('The countermeasure.')
  countermeasureId!: string;

  @Choice(EffectKind, 'What effect it had.', 'NOT_STATED')
  effectKind: EffectKind = 'NOT_STATED';

  @Words('What was observed.')
  description!: TextInput;

  @Parts(Quantity, 50, 'How much of what.')
  quantities: Quantity[] = [];

  @When('When it was observed.')
  observedAt: string = 'NOT_STATED';

  @SaidBy()
  source!: SourceInput;
}

@ObjectType({ description: 'What a countermeasure led to was observed.' })
@StoredEvent<CountermeasureEffectObserved>('CountermeasureEffectObserved', {
  version: 1,
  stix: 'note',
  summary: ({ effectKind, description }) =>
    `Effect of a countermeasure observed (${effectKind}): ${excerpt(description?.text)}`,
})
export class CountermeasureEffectObserved {
  @Field(() => ID, { description: 'The countermeasure.' })
  countermeasureId!: string;

  @Field(() => EffectKind, { description: 'What effect it had.' })
  effectKind!: EffectKind;

  @Field(() => Text, { nullable: true, description: 'What was observed.' })
  description?: Text;

  @Field(() => [Quantity], { description: 'How much of what.' })
  quantities!: Quantity[];

  @Field(() => FuzzyTime, { description: 'When it was observed, as stated.' })
  observedAt!: string;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}

export const recordCountermeasureEffect = slice<CaseState, RecordCountermeasureEffect>(
  RecordCountermeasureEffect,
  (command, state) => {
    requireOpen(state);
    const { countermeasureId, effectKind, description, quantities, observedAt, source } = command;
    const { times, effects } = standing(state.countermeasures, countermeasureId, 'countermeasure');
    requireParties(state, [source.assertedBy, ...(source.via ?? [])]);
    if (times.appliedAt === undefined)
      refuse('NOT_APPLIED', 'The countermeasure was never applied: it can have no effect.');
    requireRoom(effects, 'effects', 'countermeasure');
    const facts = { countermeasureId, effectKind, description, quantities, observedAt, source };
    return [event(CountermeasureEffectObserved, facts)];
  },
);
