import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from 'graphql';
import { type Random } from '../crash/random.js';

/** What an attacker may have heard of: values for arguments, by what they are. */
export interface Heard {
  /** Ids of cases, records, events, commands and keys, its own and others'. */
  ids: readonly string[];
  /** Numbers of cases. */
  numbers: readonly string[];
  cursors: readonly string[];
  eventTypes: readonly string[];
  /** Words that others may have written. */
  words: readonly string[];
  /** The last sequence. */
  head: number;
}

const TIMES = ['2025-01-15T12:00:00Z', '2030-01-01T00:00:00Z', '1999-12-31T23:59:59.999Z'];
const FUZZY = ['2024-23', '2025-01~', '2024-09/2024-11', '../2025-01', 'NOT_STATED', '2025'];
/** Fields without which the others of the same input are refused, and how they go together, would take knowledge: this is by name. */
const BY_NAME: Readonly<Record<string, (heard: Heard, random: Random) => unknown>> = {
  first: (_, random) => 1 + random.next(10),
  max: (_, random) => 1 + random.next(1_000),
  waitMs: () => 5,
  after: ({ cursors }, random) => pick(cursors, random),
  types: ({ eventTypes }, random) => [pick(eventTypes, random)],
  number: ({ numbers }, random) => pick(numbers, random),
  commandId: ({ ids }, random) => (random.next(4) === 0 ? pick(ids, random) : `attack-${random.next(1e9)}`),
  expectedRevision: (_, random) => random.next(20),
};

export const pick = <T>(all: readonly T[], random: Random): T => all[random.next(all.length)];

/** A value that the type takes. What is optional in it is mostly left out. */
export function randomValue(type: GraphQLInputType, name: string, heard: Heard, random: Random): unknown {
  const inner = isNonNullType(type) ? type.ofType : type;
  if (Object.hasOwn(BY_NAME, name) && (isListType(inner) || !isInputObjectType(inner)))
    return BY_NAME[name](heard, random);
  if (isListType(inner)) {
    const count = random.next(3);
    return Array.from({ length: count }, () => randomValue(inner.ofType, name, heard, random));
  }
  const named = getNamedType(inner);
  if (isInputObjectType(named)) return randomInput(named, heard, random);
  if (isEnumType(named)) return pick(named.getValues(), random).name;
  return SCALARS[named.name](heard, random);
}

const SCALARS: Readonly<Record<string, (heard: Heard, random: Random) => unknown>> = {
  ID: ({ ids }, random) => pick(ids, random),
  String: ({ words }, random) => pick(words, random),
  Int: (_, random) => random.next(50),
  Float: (_, random) => random.next(50) / 2,
  Boolean: (_, random) => random.next(2) === 1,
  Instant: (_, random) => pick(TIMES, random),
  FuzzyTime: (_, random) => pick(FUZZY, random),
  Sequence: ({ head }, random) => 1 + random.next(head),
};

function randomInput(type: GraphQLInputObjectType, heard: Heard, random: Random): Record<string, unknown> {
  const fields = Object.values(type.getFields());
  // AsOf and its like take exactly one of their fields.
  const oneOf = fields.every((field) => !isGiven(field)) && /exactly one/.test(type.description ?? '');
  const chosen = oneOf ? [pick(fields, random)] : fields.filter((field) => isGiven(field) || random.next(6) === 0);
  return Object.fromEntries(chosen.map((field) => [field.name, randomValue(field.type, field.name, heard, random)]));
}

/** Whether it must be given. */
export const isGiven = ({ type, defaultValue }: GraphQLInputField | GraphQLArgument): boolean =>
  isNonNullType(type) && defaultValue === undefined;

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** The input of a command once more, under another commandId, with half of the ids in it exchanged for others. */
export function otherIds(input: object, heard: Heard, random: Random): Record<string, unknown> {
  const other = (value: unknown): unknown => {
    if (typeof value === 'string') return ID.test(value) && random.next(2) === 0 ? pick(heard.ids, random) : value;
    if (Array.isArray(value)) return value.map(other);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, other(one)]));
  };
  return { ...(other(input) as object), commandId: BY_NAME.commandId(heard, random) };
}
