import { InputType, ObjectType } from '@nestjs/graphql';
import { Choice, Ids, OptionalPart } from '../fields.js';
import { describedEnum } from '../values/described-enum.js';
import { Source } from '../values/source.js';
import { Text } from '../values/text.js';

export const CausationKind = describedEnum('CausationKind', 'How an impact is said to follow from something.', {
  CAUSED: 'Caused by it.',
  CONTRIBUTED_TO: 'It contributed.',
  POSSIBLY_CAUSED: 'It may have caused it.',
  FOLLOWED_BY: 'It came before: no more is said.',
  NOT_CAUSED: 'Said not to be caused by it.',
});
export type CausationKind = keyof typeof CausationKind;

const description = 'What an impact is said to follow from, exactly as it is said, and by whom.';

/** What an impact is said to follow from. Never more than the source says: what came before is not a cause. */
@InputType('CausationInput', { description })
@ObjectType('Causation', { description })
export class Causation {
  @Choice(CausationKind, 'How it follows.')
  causationKind!: CausationKind;

  @Ids('What it follows from: records of this case.')
  causes: string[] = [];

  @OptionalPart(Text, 'The connection in the words of the source.')
  asStated?: Text | null;

  @OptionalPart(Source, 'Who says that it follows so; omitted: the source of the impact.')
  source?: Source | null;
}
