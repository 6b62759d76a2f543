import { ValidateBy, type ValidationOptions } from 'class-validator';

/** Whether anything is shown of a text: not of blanks alone. */
export const isShown = (text: string): boolean => /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);

/** A text, or `each` of several, of which something is shown. */
export const IsShown = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isShown',
      validator: {
        // That it is too short is told by itself.
        validate: (text) => typeof text !== 'string' || text === '' || isShown(text),
        defaultMessage: () => `${options?.each ? 'each' : 'it'} must hold something that is shown, not blanks alone`,
      },
    },
    options,
  );
