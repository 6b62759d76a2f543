import { Field, ObjectType } from '@nestjs/graphql';
import { CaseRecord } from '../record.js';
import { describedEnum } from '../values/described-enum.js';
import { PartyKind, PartyRole } from '../values/enums.js';
import { Text } from '../values/text.js';

export const PartyStatus = describedEnum('PartyStatus', 'Whether a party stands, and was changed since it was added.', {
  RECORDED: 'As first recorded.',
  AMENDED: 'Changed since.',
  RETRACTED: 'Taken back: it stays visible where it is named.',
});
export type PartyStatus = keyof typeof PartyStatus;

@ObjectType({ description: 'An organisation, person, group or unidentified subject in a case.' })
export class Party extends CaseRecord {
  @Field(() => PartyStatus, { description: 'Whether it stands, and was changed since it was added.' })
  status!: PartyStatus;

  @Field(() => PartyKind, { description: 'What the party is.' })
  partyKind!: PartyKind;

  @Field(() => String, { nullable: true, description: 'The name; null: unnamed.' })
  name?: string;

  @Field(() => [PartyRole], { description: 'What the party is to the case.' })
  partyRoles!: PartyRole[];

  @Field(() => Text, { nullable: true, description: 'Who or what the party is.' })
  description?: Text;
}
