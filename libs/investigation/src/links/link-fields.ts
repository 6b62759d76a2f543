import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsIn, IsOptional, ValidateNested } from 'class-validator';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties, requireRecords } from '../known-records.js';
import { Id, OptionalId } from '../fields.js';
import { describedEnum } from '../values/described-enum.js';
import { Text, TextInput } from '../values/text.js';

export const LinkKind = describedEnum('LinkKind', 'What one record has to do with another.', {
  CORROBORATES: 'They agree: each supports the other.',
  CONTRADICTS: 'They cannot both be so.',
  OCCURRED_BEFORE: 'What it tells of came before what the other tells of, whenever either was.',
  OCCURRED_AFTER: 'What it tells of came after what the other tells of, whenever either was.',
});
export type LinkKind = keyof typeof LinkKind;

/** What a link says, as its commands take it. */
@InputType({ isAbstract: true })
export abstract class LinkCommand extends CaseCommand {
  @Id('A record of this case.')
  fromRecordId!: string;

  @Field(() => LinkKind, { description: 'What it has to do with the other.' })
  @IsIn(Object.values(LinkKind))
  linkKind!: LinkKind;

  @Id('The other record.')
  toRecordId!: string;

  @OptionalId('The party whose assessment it is; omitted: our own.')
  assessedBy?: string | null;

  @Field(() => TextInput, { nullable: true, description: 'In what they agree or differ, or how the order is known.' })
  @IsOptional()
  @ValidateNested()
  remark?: TextInput | null;
}

/** What a link says, as its events keep it. */
@ObjectType({ isAbstract: true })
export abstract class LinkFacts {
  @Field(() => ID, { description: 'The link.' })
  linkId!: string;

  @Field(() => ID, { description: 'A record.' })
  fromRecordId!: string;

  @Field(() => LinkKind, { description: 'What it has to do with the other.' })
  linkKind!: LinkKind;

  @Field(() => ID, { description: 'The other record.' })
  toRecordId!: string;

  @Field(() => ID, { nullable: true, description: 'The party whose assessment it is; null: our own.' })
  assessedBy?: string;

  @Field(() => Text, { nullable: true, description: 'In what they agree or differ, or how the order is known.' })
  remark?: Text;
}

/** The facts of a command, its references checked. Refuses with SAME_RECORD, and with ALREADY_LINKED what another link says. */
export function linkFacts(command: LinkCommand, state: Frozen<CaseState>, own?: string): Omit<LinkFacts, 'linkId'> {
  const { fromRecordId, linkKind, toRecordId, assessedBy, remark } = command;
  requireRecords(state, [fromRecordId, toRecordId]);
  requireParties(state, [assessedBy]);
  if (fromRecordId === toRecordId) refuse('SAME_RECORD', 'A record cannot be linked to itself.');
  const statement = statementOf({ fromRecordId, linkKind, toRecordId });
  for (const [id, link] of state.links) {
    if (id !== own && !link.retracted && link.statement === statement)
      refuse('ALREADY_LINKED', `The link ${id} says that already.`);
  }
  return {
    ...{ fromRecordId, linkKind, toRecordId },
    ...{ assessedBy: assessedBy ?? undefined, remark: remark ?? undefined },
  };
}

/** What a link says of which two records, as one text: the same whichever of them it is said from. */
export function statementOf({
  fromRecordId: from,
  linkKind,
  toRecordId: to,
}: Pick<LinkFacts, 'fromRecordId' | 'linkKind' | 'toRecordId'>): string {
  if (linkKind === 'OCCURRED_AFTER') return `OCCURRED_BEFORE ${to} ${from}`;
  if (linkKind === 'OCCURRED_BEFORE') return `OCCURRED_BEFORE ${from} ${to}`;
  return [linkKind, ...[from, to].sort()].join(' ');
}
