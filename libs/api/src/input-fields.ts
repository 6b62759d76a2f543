import { type Type } from '@nestjs/common';
import { TypeMetadataStorage } from '@nestjs/graphql';
import { getMetadataStorage, ValidationTypes } from 'class-validator';

/** A GraphQL field of an input class, inherited ones included. */
export interface InputField {
  name: string;
  /** Where the field is an input object or a list of them: its class. */
  inputClass: Type<object> | undefined;
}

const known = new WeakMap<Type<object>, readonly InputField[]>();

/** The GraphQL fields of an input or args class, none if it is not one. Only once Nest has built the schema. */
export function inputFields(type: Type<object>): readonly InputField[] {
  let fields = known.get(type);
  if (!fields) {
    fields = [...readFields(type)].map(([name, inputClass]) => ({ name, inputClass }));
    known.set(type, fields);
  }
  return fields;
}

function readFields(type: Type<object>): Map<string, Type<object> | undefined> {
  const parent = Object.getPrototypeOf(type) as Type<object> | null;
  const fields =
    parent && parent !== Function.prototype ? readFields(parent) : new Map<string, Type<object> | undefined>();
  const metadata =
    TypeMetadataStorage.getInputTypeMetadataByTarget(type) ?? TypeMetadataStorage.getArgumentsMetadataByTarget(type);
  for (const { name, typeFn } of metadata?.properties ?? []) {
    const fieldType = typeFn() as Type<object>;
    const isInput = typeof fieldType === 'function' && TypeMetadataStorage.getInputTypeMetadataByTarget(fieldType);
    fields.set(name, isInput ? fieldType : undefined);
  }
  return fields;
}

/**
 * Throws if a GraphQL field of the input class, or of one nested in it, has no class-validator decorator (`@ValidateNested` where
 * it holds input objects): it would be taken as it comes. For start-up, once Nest has built the schema.
 */
export function assertEveryFieldHasValidator(type: Type<object>, seen = new Set<Type<object>>()): void {
  if (seen.has(type)) return;
  seen.add(type);
  const fields = inputFields(type);
  if (fields.length === 0) throw new Error(`${type.name} has no GraphQL fields; is it an @InputType in the schema?`);
  const validators = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  for (const { name, inputClass } of fields) {
    const own = validators.filter(({ propertyName }) => propertyName === name);
    if (own.length === 0)
      throw new Error(`${type.name}.${name} has no validator; add one of class-validator's decorators.`);
    if (inputClass === undefined) continue;
    if (!own.some((validator) => validator.type === ValidationTypes.NESTED_VALIDATION)) {
      throw new Error(`${type.name}.${name} holds ${inputClass.name}, which is not validated; add @ValidateNested().`);
    }
    assertEveryFieldHasValidator(inputClass, seen);
  }
}
