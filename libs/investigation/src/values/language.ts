import { ValidateBy } from 'class-validator';

const MAX_LENGTH = 35;

/** Accepts a well-formed BCP 47 language tag (RFC 5646) of at most 35 characters; whether the language exists is not asked. */
export function IsLanguage(): PropertyDecorator {
  return ValidateBy({
    name: 'isLanguage',
    validator: {
      validate: isLanguageTag,
      defaultMessage: () =>
        '$property must be a BCP 47 language tag of at most 35 characters, such as "en", "fr-CA" or "zh-Hant"',
    },
  });
}

/** Whether a value is a well-formed BCP 47 tag of at most 35 characters. */
export function isLanguageTag(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > MAX_LENGTH) return false;
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
