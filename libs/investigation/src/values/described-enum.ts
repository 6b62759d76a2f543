import { registerEnumType } from '@nestjs/graphql';

/** Every value of every enumeration made here: no text that anybody wrote. */
export const enumValues = new Set<string>();

/**
 * Makes a GraphQL enum whose every value is described, and whose values are their own names everywhere.
 * Use it with a type of the same name: `export type Channel = keyof typeof Channel`.
 */
export function describedEnum<Name extends string>(
  name: string,
  description: string,
  values: Record<Name, string>,
): { readonly [Key in Name]: Key } {
  const names = Object.keys(values) as Name[];
  const object = Object.fromEntries(names.map((value) => [value, value])) as { readonly [Key in Name]: Key };
  const valuesMap = Object.fromEntries(names.map((value) => [value, { description: values[value] }]));
  for (const value of names) enumValues.add(value);
  registerEnumType(object, { name, description, valuesMap: valuesMap as Record<Name, { description: string }> });
  return object;
}
