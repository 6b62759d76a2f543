import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CaseRecord } from '../record.js';
import { describedEnum } from '../values/described-enum.js';
import { Text } from '../values/text.js';

export const NoteStatus = describedEnum('NoteStatus', 'Whether a note stands.', {
  RECORDED: 'As first recorded.',
  AMENDED: 'Changed since.',
  RETRACTED: 'Taken back.',
});
export type NoteStatus = keyof typeof NoteStatus;

@ObjectType({ description: 'A note on a case, or on records of it.' })
export class Note extends CaseRecord {
  @Field(() => NoteStatus, { description: 'Whether it stands.' })
  status!: NoteStatus;

  @Field(() => Text, { description: 'What it says.' })
  text!: Text;

  @Field(() => [ID], { description: 'Records that it is about.' })
  about!: string[];
}
