import { ValidateBy } from 'class-validator';

/** Whether anything is shown of a text: not of blanks alone. */
export const isShown = (text: string): boolean => /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);

/** A text of which something is shown. */
export const IsShown = (): PropertyDecorator =>
  ValidateBy({
    name: 'isShown',
    validator: {
      // That it is too short is told by itself.
      validate: (text) => typeof text !== 'string' || text === '' || isShown(text),
      defaultMessage: () => 'it must hold something that is shown, not blanks alone',
    },
  });
