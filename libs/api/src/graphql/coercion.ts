import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { isWellFormed } from '#event-sourcing/well-formed.js';
import { apiError, invalid } from '../errors.js';
import { keptId } from '../kept-id.js';
import { at, type Violation } from '../violations.js';
import { type Fault, MOST_LEVELS, parseCustom, parseEnum, parseSpecified, SPECIFIED, TOO_DEEP } from './leaves.js';
import { BareName, VariableUse } from './template.js';
import { type DeclaredVariables } from './variables.js';

/** So many are told; whoever made more mistakes than that mends the first ones first. */
const MOST_VIOLATIONS = 20;

/**
 * So many values are looked at, each as often as its variable stands somewhere: more than any request can have written out. A short
 * document can name a long variable thousands of times.
 */
const MOST_VALUES = 200_000;

export type Given = Readonly<Record<string, unknown>>;

/**
 * Turns one request's arguments into what resolvers get, by GraphQL's rules. What is wrong becomes violations in our
 * words, the same for a literal as for a variable, and without echoing the input.
 */
export class Coercion {
  readonly violations: Violation[] = [];
  /** Whether ids say what is asked for; a command's are taken as they are given. */
  asksById = false;
  /** How many variables enclose the value at hand: in them an enum's value is a string, outside a bare name. */
  private inVariables = 0;
  private values = 0;

  constructor(
    private readonly declared: DeclaredVariables,
    private readonly given: Given,
  ) {}

  /** An argument or field without a value: its default applies, or it stays away. */
  isAbsent(value: unknown): boolean {
    if (!(value instanceof VariableUse)) return value === undefined;
    const variable = this.declared.get(value.name);
    return variable === undefined || (this.rawOf(value) === undefined && !isNonNullType(variable.type));
  }

  /** Throws LIMIT_EXCEEDED where it all comes to too much. */
  coerce(value: unknown, type: GraphQLInputType, path: string, level = 0): unknown {
    this.count();
    if (value instanceof VariableUse) return this.coerceVariable(value, type, path, level);
    if (isNonNullType(type)) {
      return value == null ? this.missing(path, type) : this.coerce(value, type.ofType, path, level);
    }
    if (value == null) return null;
    if (level > MOST_LEVELS) return this.violate(clip(path), TOO_DEEP);
    if (isListType(type)) {
      if (!Array.isArray(value)) return [this.coerce(value, type.ofType, path, level + 1)];
      return value.map((item: unknown, i) => this.coerce(item, type.ofType, at(path, i), level + 1));
    }
    return isInputObjectType(type)
      ? this.coerceObject(value, type, path, level)
      : this.coerceLeaf(value, type, path, level);
  }

  missing(path: string, type: GraphQLInputType): undefined {
    const allowed = `is required and not null; it takes ${String(type).replace(/!$/, '')}.`;
    return this.violate(path, { code: 'REQUIRED', message: allowed });
  }

  private rawOf({ name }: VariableUse): unknown {
    const raw = Object.hasOwn(this.given, name) ? this.given[name] : undefined;
    return raw === undefined ? this.declared.get(name)?.default : raw;
  }

  /** By the variable's own type, which may be stricter than that of the place it stands in. */
  private coerceVariable(use: VariableUse, type: GraphQLInputType, path: string, level: number): unknown {
    const raw = this.rawOf(use);
    if (raw == null && isNonNullType(type)) return this.missing(path, type);
    this.inVariables++;
    const coerced = this.coerce(raw, this.declared.get(use.name)?.type ?? type, path, level);
    this.inVariables--;
    return coerced;
  }

  /** Defaults are part of the document: a wrong one is refused even where the client sends a value. */
  checkDefaults(): void {
    for (const { name, type, default: value } of this.declared.values()) {
      if (value !== undefined) this.coerce(value, type, `$${name}`);
    }
  }

  private coerceObject(value: unknown, type: GraphQLInputObjectType, path: string, level: number): unknown {
    if (typeof value !== 'object' || Array.isArray(value) || value instanceof BareName) {
      return this.violate(path, { code: 'WRONG_TYPE', message: `must be an object (${type.name}).` });
    }
    const given = value as Record<string, unknown>;
    const fields = type.getFields();
    const coerced: Record<string, unknown> = {};
    for (const field of Object.values(fields)) {
      const { name } = field;
      const raw = Object.hasOwn(given, name) ? given[name] : undefined;
      if (!this.isAbsent(raw)) coerced[name] = this.coerce(raw, field.type, at(path, name), level + 1);
      else if (field.defaultValue !== undefined) coerced[name] = field.defaultValue;
      else if (isNonNullType(field.type)) this.missing(at(path, name), field.type);
    }
    for (const name of Object.keys(given)) {
      if (Object.hasOwn(fields, name)) continue;
      const message = `is not a field of ${type.name}; its fields are ${namesOf(type)}.`;
      this.violate(at(path, clip(name)), { code: 'UNKNOWN_FIELD', message });
    }
    if (type.isOneOf && Object.values(coerced).filter((given) => given !== null).length !== 1) {
      this.violate(path, { code: 'ONE_OF', message: `takes exactly one of ${namesOf(type)}.` });
    }
    return coerced;
  }

  private coerceLeaf(value: unknown, type: GraphQLLeafType, path: string, level: number): unknown {
    if (isEnumType(type)) return this.accept(path, parseEnum(value, type, this.inVariables > 0));
    if (value instanceof BareName) {
      return this.violate(path, { code: 'WRONG_TYPE', message: `must be a ${type.name}, not a bare name.` });
    }
    const raw = this.untyped(value, path, level);
    if (!SPECIFIED.has(type.name)) return this.accept(path, parseCustom(raw, type));
    const accepted = this.accept(path, parseSpecified(raw, type.name));
    return this.asksById && type.name === 'ID' && typeof accepted === 'string' ? keptId(accepted) : accepted;
  }

  /** A scalar's raw value: variables inside it filled in, every string in it fit to be stored. */
  private untyped(value: unknown, path: string, level: number): unknown {
    this.count();
    if (level > MOST_LEVELS) return this.violate(clip(path), TOO_DEEP);
    if (typeof value === 'string') this.checkText(value, path);
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof VariableUse) return this.untyped(this.rawOf(value) ?? null, path, level);
    if (value instanceof BareName) return value.name;
    if (Array.isArray(value)) return value.map((item, i) => this.untyped(item, at(path, i), level + 1));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        this.checkText(key, path);
        return [key, this.untyped(item, at(path, clip(key)), level + 1)];
      }),
    );
  }

  private count(): void {
    if (++this.values <= MOST_VALUES) return;
    const message = `The variables of a request may come to ${MOST_VALUES} values, counted wherever they are used; use them less often.`;
    throw apiError('LIMIT_EXCEEDED', message, { limit: 'values', allowed: MOST_VALUES });
  }

  private checkText(text: string, path: string): void {
    const fault = faultOf(text);
    if (fault) this.violate(path, { code: 'ILL_FORMED', message: fault });
  }

  private accept(path: string, parsed: { value: unknown } | Fault): unknown {
    return 'code' in parsed ? this.violate(path, parsed) : parsed.value;
  }

  private violate(path: string, { code, message }: Fault): undefined {
    if (this.violations.length < MOST_VIOLATIONS) {
      this.violations.push({ path, code, message: `${path} ${message}` });
    }
  }
}

/** What did not come in a document, as a variable: JSON's strings are values of enums too. Throws `VALIDATION_FAILED`. */
export function coerced(name: string, type: GraphQLInputType, given: Given): unknown {
  const coercion = new Coercion(new Map([[name, { name, type, default: undefined }]]), given);
  const value = coercion.coerce(new VariableUse(name), type, name);
  if (coercion.violations.length > 0) throw invalid(coercion.violations);
  return value;
}

const namesOf = (type: GraphQLInputObjectType): string => Object.keys(type.getFields()).join(', ');

/** What keeps a text from being stored and found as what it is. */
function faultOf(text: string): string | undefined {
  if (!isWellFormed(text)) return 'is not well-formed Unicode: it holds half of a surrogate pair.';
  // Databases end a text there, or refuse it.
  return text.includes('\0') ? 'holds the character U+0000, which stands for no text.' : undefined;
}

/** Names come from the client and may be long. */
export function clip(name: string): string {
  return name.length <= 60 ? name : `${name.slice(0, 60)}…`;
}
