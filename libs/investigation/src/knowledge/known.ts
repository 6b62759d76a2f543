import { describedEnum } from '../values/described-enum.js';

export const Known = describedEnum('Known', 'How well a record was known to a party at a moment.', {
  CERTAINLY: 'The party knew it by then, however vaguely the time is stated since when.',
  POSSIBLY: 'The time since when is stated so vaguely that it may have been before or after.',
  NOT_STATED: 'The party knew it at some time; since when is not stated.',
});
export type Known = keyof typeof Known;
