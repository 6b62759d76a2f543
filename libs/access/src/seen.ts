import { ValidateBy } from 'class-validator';

/** Blanks that look like others, and characters of which nothing is shown. */
const UNSEEN = /^\s|\s$|[^\S ]|\s{2}|[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** Whether a name is written as it looks: people, groups and organisations are told apart by theirs. */
export const isSeen = (name: string): boolean => !UNSEEN.test(name) && name === name.normalize('NFC');

/** What to do about names that are not written as they look. */
export const WRITE_AS_SEEN =
  'must be written as it looks: no blank at its ends, nor two in a row, no characters that are not shown, accents in one with their letters (Unicode NFC)';

/** A name that is written as it looks. */
export const IsSeen = (): PropertyDecorator =>
  ValidateBy({
    name: 'isSeen',
    validator: {
      // Other faults are told by themselves.
      validate: (name) => typeof name !== 'string' || isSeen(name),
      defaultMessage: () => `it ${WRITE_AS_SEEN}`,
    },
  });
