import {
  getNamedType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';

type Input = Record<string, unknown>;

/** An input that is wrong in one place. */
export interface Wrong {
  what: string;
  /** Where it is wrong, as violations tell it. */
  path: string;
  /** The field that is wrong, and the type it is one of. */
  of: string;
  input: Input;
}

const LONG = 'x'.repeat(20_001);

/** Values that no field of this scalar takes. */
const WRONG_SCALARS: Record<string, [what: string, value: unknown][]> = {
  String: [
    ['too long', LONG],
    ['empty', ''],
    ['a number', 5],
    ['half a surrogate pair', 'a\ud800'],
    ['a character that is none', 'a\0'],
  ],
  ID: [
    ['too long', LONG],
    ['empty', ''],
    ['a fraction', 1.5],
    ['half a surrogate pair', '\udc00'],
    ['a character that is none', 'a\0'],
  ],
  Int: [
    ['a text', 'five'],
    ['a fraction', 1.5],
    ['too large', 2 ** 31],
    ['a truth', true],
  ],
  Float: [
    ['a text', '1.5'],
    ['a truth', false],
  ],
  Boolean: [
    ['a text', 'true'],
    ['a number', 1],
  ],
  FuzzyTime: [
    ['too long', LONG],
    ['empty', ''],
    ['an impossible day', '2025-02-30'],
    ['words', 'last week'],
    ['a number', 2025],
  ],
};

/** Every input that is wrong in one place, made from one that is right in all and has a value for every field. */
export function wrongInputs(type: GraphQLInputObjectType, right: Input, path = 'input'): Wrong[] {
  const fields = Object.values(type.getFields());
  const colour = { what: 'an unknown field', path: `${path}.colour`, of: `${type.name}.colour` };
  const unknown = { ...colour, input: { ...right, colour: 'red' } };
  return [unknown, ...fields.flatMap((field) => ofField(type.name, field, right, `${path}.${field.name}`))];
}

/**
 * Those that show that every place is checked: what is wrong in a type that many commands share is tried whole where it is met
 * first, and afterwards once for each of its fields, in each place where it stands.
 * @param met what was tried so far, which grows
 */
export function notMetBefore(wrong: readonly Wrong[], met: Set<string>): Wrong[] {
  const firstIn = firstOfEach(wrong);
  return wrong.filter((one) => {
    const name = `${one.of} ${one.what}`;
    const isNew = !met.has(name);
    met.add(name);
    return isNew || firstIn.has(one);
  });
}

/** The first that is wrong in each place. */
export function firstOfEach<T extends { path: string }>(wrong: readonly T[]): Set<T> {
  const byPath = new Map<string, T>();
  for (const one of wrong) if (!byPath.has(one.path)) byPath.set(one.path, one);
  return new Set(byPath.values());
}

function ofField(typeName: string, field: GraphQLInputField, right: Input, path: string): Wrong[] {
  const { name } = field;
  const own = `${typeName}.${name}`;
  const { [name]: value, ...without } = right;
  const wrong = (what: string, given: unknown, at = path, of = own): Wrong => ({
    ...{ what, path: at, of },
    input: { ...right, [name]: given },
  });
  const all: Wrong[] = [];
  if (isRequiredInputField(field)) all.push({ what: 'missing', path, of: own, input: without });
  if (isNonNullType(field.type)) all.push(wrong('null', null));
  const nullable = isNonNullType(field.type) ? field.type.ofType : field.type;
  const each = (type: GraphQLInputType, right: unknown, at: string, make: (value: unknown) => unknown): Wrong[] =>
    wrongValues(type, right, at).map((one) => wrong(one.what, make(one.value), one.path, one.of));
  if (!isListType(nullable)) return [...all, ...each(nullable, value, path, (given) => given)];
  const [first] = (value as unknown[] | undefined) ?? [undefined];
  all.push(wrong('a null in the list', [null], `${path}[0]`));
  all.push(...each(nullable.ofType, first, `${path}[0]`, (given) => [given]));
  if (!isInputObjectType(getNamedType(nullable)) && first !== undefined) {
    all.push(wrong('one twice', [first, first]), wrong('too many', Array<unknown>(501).fill(first)));
  }
  return all;
}

function wrongValues(
  type: GraphQLInputType,
  right: unknown,
  path: string,
): { what: string; path: string; of?: string; value: unknown }[] {
  const named = getNamedType(type);
  if (isInputObjectType(named)) {
    const inner = wrongInputs(named, (right ?? {}) as Input, path);
    return [
      { what: 'a text for an object', path, value: 'text' },
      ...inner.map(({ what, path, of, input }) => ({ what, path, of, value: input })),
    ];
  }
  const scalars: [string, unknown][] = isEnumType(named)
    ? [
        ['an unknown value', 'NONE_OF_THEM'],
        ['a number', 1],
      ]
    : WRONG_SCALARS[named.name];
  return [['an object', {}] as [string, unknown], ...scalars].map(([what, value]) => ({ what, path, value }));
}

/** The value as it is written in a document. */
export function literal(value: unknown, type: GraphQLInputType | undefined): string {
  const known = type && (isNonNullType(type) ? type.ofType : type);
  if (Array.isArray(value)) {
    const member = known && isListType(known) ? known.ofType : known;
    return `[${value.map((one) => literal(one, member)).join(', ')}]`;
  }
  const named = known && getNamedType(known);
  if (typeof value === 'object' && value !== null) {
    const fields = named && isInputObjectType(named) ? named.getFields() : {};
    const members = Object.entries(value).map(([name, one]) => `${name}: ${literal(one, fields[name]?.type)}`);
    return `{ ${members.join(', ')} }`;
  }
  return named && isEnumType(named) && typeof value === 'string' ? value : JSON.stringify(value);
}

/** The input with an id at this path, as `source.via` or `disclosed.0.recordId`, in place of what stood there. */
export const withIn = (input: Record<string, any>, path: string, id: string): Record<string, any> => {
  const [field, ...inner] = path.split('.');
  if (inner[0] === '0') return { ...input, [field]: [withIn(input[field][0], inner.slice(1).join('.'), id)] };
  if (inner.length > 0) return { ...input, [field]: withIn(input[field], inner.join('.'), id) };
  return { ...input, [field]: Array.isArray(input[field]) ? [id] : id };
};

/** Whether the input has a value at this path. */
export const has = (input: Record<string, any>, path: string): boolean =>
  path.split('.').reduce<any>((at, field) => at?.[field], input) !== undefined;

/** As a pattern, with the place in a list left open. */
export const escaped = (path: string): string => path.replaceAll('.', '\\.').replaceAll('[0]', '(\\[0\\])?');
