import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { apiError } from '../errors.js';

/** Words and signs of one document. A query of the whole history with every field of all 127 kinds of events has some 3,100. */
export const MOST_TOKENS = 8_000;
/** What one operation may hold at most, the contents of a fragment counted wherever it stands. */
export const LIMITS = {
  /** So many are compiled in about half a second. */
  fields: 4_000,
  /** Levels of fields within fields. The deepest that connections within connections of a case need is ten. */
  depth: 10,
  /** The same within introspection, whose usual query has ten. */
  'introspection depth': 15,
  /** Fields under a name of the client's own. */
  aliases: 30,
  directives: 10,
  'root fields': 10,
  /** Lists within introspection: each may hold the whole schema. The usual introspection query has nine. */
  'schema lists': 20,
  /** Fields without arguments that are selected again, under another name, of the same object: each multiplies the answer. */
  'repeated fields': 20,
} as const;
export type Limit = keyof typeof LIMITS;

/** What an operation may do, so many times at most. */
const ALLOWED: Readonly<Record<Limit, (most: number) => string>> = {
  fields: (most) => `select ${most} fields, those of fragments counted wherever they stand; split it`,
  depth: (most) => `be nested ${most} levels deep; ask for the inner part by itself`,
  'introspection depth': (most) => `be nested ${most} levels deep within the schema; ask for the inner part by itself`,
  aliases: (most) => `give ${most} fields a name of its own; split it, or ask by a list with a filter`,
  directives: (most) => `hold ${most} directives; split it`,
  'root fields': (most) => `ask for ${most} things at once; split it`,
  'schema lists': (most) => `ask for ${most} lists of the schema (types, fields, args …); split it`,
  'repeated fields': (most) => `select ${most} fields again under another name; select each field once`,
};

/**
 * `LIMIT_EXCEEDED` if an operation of the document is larger than anybody needs. A text of 700 characters can stand for millions
 * of fields, so counting stops at the limit. Fragments that hold themselves would reach it too; see `fragmentCycles`.
 */
export function tooLarge(document: DocumentNode): GraphQLError | undefined {
  const fragments = fragmentsByName(document);
  for (const node of document.definitions) {
    const limit = node.kind === Kind.OPERATION_DEFINITION ? new Count(fragments).exceeded(node) : undefined;
    if (!limit) continue;
    const allowed = LIMITS[limit];
    return apiError('LIMIT_EXCEEDED', `An operation may ${ALLOWED[limit](allowed)}.`, { limit, allowed });
  }
  return undefined;
}

/** The selections of one object, wherever they are written. */
interface Selected {
  depth: number;
  /** Within introspection. */
  schema: boolean;
  /** Fields without arguments; undefined at the root, where each is asked for by itself. */
  names: Set<string> | undefined;
}

/** What introspection answers with lists. */
const SCHEMA_LISTS = new Set([
  'types',
  'directives',
  'fields',
  'interfaces',
  'possibleTypes',
  'enumValues',
  'inputFields',
  'args',
]);
const INTROSPECTION = new Set(['__schema', '__type']);

/** Counts what one operation holds. */
class Count {
  private readonly counted = new Map<Limit, number>();

  constructor(private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>) {}

  exceeded({ selectionSet, directives }: OperationDefinitionNode): Limit | undefined {
    const root = { depth: 1, schema: false, names: undefined };
    return this.more('directives', directives?.length) ?? this.within(selectionSet.selections, root);
  }

  private within(selections: readonly SelectionNode[], of: Selected): Limit | undefined {
    const deepest = of.schema ? 'introspection depth' : 'depth';
    if (of.depth > LIMITS[deepest]) return deepest;
    for (const node of selections) {
      const found = this.more('fields') ?? this.more('directives', node.directives?.length) ?? this.one(node, of);
      if (found) return found;
    }
    return undefined;
  }

  private one(node: SelectionNode, of: Selected): Limit | undefined {
    if (node.kind === Kind.INLINE_FRAGMENT) return this.within(node.selectionSet.selections, of);
    const name = node.name.value;
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      return this.within(this.fragments.get(name)?.selectionSet.selections ?? [], of);
    }
    const found = this.field(node, name, of);
    if (found || !node.selectionSet) return found;
    const schema = of.schema || INTROSPECTION.has(name);
    // Introspection's levels are counted from where it begins.
    const depth = schema && !of.schema ? 1 : of.depth + 1;
    return this.within(node.selectionSet.selections, { depth, schema, names: new Set() });
  }

  private field({ alias, arguments: args }: FieldNode, name: string, { schema, names }: Selected): Limit | undefined {
    const again = names?.has(name) && alias && !args?.length;
    if (names && name !== '__typename' && !args?.length) names.add(name);
    return (
      (names ? undefined : this.more('root fields')) ??
      (alias ? this.more('aliases') : undefined) ??
      (schema && SCHEMA_LISTS.has(name) ? this.more('schema lists') : undefined) ??
      (again ? this.more('repeated fields') : undefined)
    );
  }

  private more(limit: Limit, by = 1): Limit | undefined {
    const count = (this.counted.get(limit) ?? 0) + by;
    this.counted.set(limit, count);
    return count > LIMITS[limit] ? limit : undefined;
  }
}

/** A document's fragments. */
export function fragmentsByName(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const byName = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) byName.set(node.name.value, node);
  }
  return byName;
}

/** The names of the fields that a root's selections come to. The operation is within the limits. */
export function rootFieldsOf(
  selections: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): string[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return node.name.value;
    const holder = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
    return holder ? rootFieldsOf(holder.selectionSet.selections, fragments) : [];
  });
}

/** How many fields selections come to, those of fragments counted wherever they stand. The operation is within the limits. */
export function fieldsIn(
  selections: readonly SelectionNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): number {
  let fields = 0;
  for (const node of selections) {
    if (node.kind === Kind.FIELD) fields++;
    const holder = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
    if (holder?.selectionSet) fields += fieldsIn(holder.selectionSet.selections, fragments);
  }
  return fields;
}
