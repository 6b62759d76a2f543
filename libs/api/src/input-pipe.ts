import { type ArgumentMetadata, Injectable, type PipeTransform, type Type } from '@nestjs/common';
import { validateSync, type ValidationError } from 'class-validator';
import { invalid } from './errors.js';
import { inputFields } from './input-fields.js';
import { rememberValidators } from './remember-validators.js';
import { at, type Violation } from './violations.js';

rememberValidators();

const OPTIONS = { forbidUnknownValues: false, validationError: { target: false, value: false } };

/**
 * Builds the input class from what GraphQL coerced, nested input classes too, and validates it with class-validator. There is
 * no whitelist: GraphQL has refused unknown fields already. Throws `VALIDATION_FAILED`.
 */
@Injectable()
export class InputPipe implements PipeTransform {
  transform(value: unknown, { metatype, data }: ArgumentMetadata): unknown {
    if (value == null || metatype === undefined || inputFields(metatype as Type<object>).length === 0) return value;
    return validInput(metatype as Type<object>, value, data ?? '');
  }
}

/** `value` as a valid instance of the input class; `path` is where violations begin. */
export function validInput<T extends object>(type: Type<T>, value: unknown, path = ''): T {
  const instance = build(type, value);
  const errors = validateSync(instance, OPTIONS);
  if (errors.length > 0) throw invalid(errors.flatMap((error) => flatten(error, path)));
  return instance;
}

/** Omitted fields keep the class's own initial value, null stays null. */
function build<T extends object>(type: Type<T>, value: unknown): T {
  const instance = new type() as Record<string, unknown>;
  const given = value as Record<string, unknown>;
  for (const { name, inputClass } of inputFields(type)) {
    const field = given[name];
    if (field === undefined) continue;
    if (inputClass === undefined || field === null) instance[name] = field;
    else if (Array.isArray(field))
      instance[name] = field.map((item) => (item === null ? null : build(inputClass, item)));
    else instance[name] = build(inputClass, field);
  }
  return instance as T;
}

function flatten({ property, constraints = {}, children = [] }: ValidationError, path: string): Violation[] {
  const here = at(path, /^\d+$/.test(property) ? Number(property) : property);
  const own = Object.entries(constraints).map(([name, message]) => ({
    path: here,
    code: codeOf(name),
    message: message.startsWith(`${property} `) ? `${here}${message.slice(property.length)}` : `${here}: ${message}`,
  }));
  return [...own, ...children.flatMap((child) => flatten(child, here))];
}

/** `isUuid` makes `UUID`, `arrayMaxSize` makes `ARRAY_MAX_SIZE`. */
function codeOf(constraint: string): string {
  return constraint
    .replace(/^is(?=[A-Z])/, '')
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_')
    .toUpperCase();
}
