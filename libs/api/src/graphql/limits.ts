import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { apiError } from '../errors.js';

/** Fields of one operation, those of a fragment counted wherever it stands: so many are compiled in about a quarter of a second. */
export const MOST_FIELDS = 2_000;
/** Words and signs of one document. */
export const MOST_TOKENS = 20_000;
/** Lists within introspection: each may hold the whole schema. The usual introspection query has nine. */
export const MOST_SCHEMA_LISTS = 20;
/** Fields without arguments that are selected again, under another name, of the same object: each multiplies the answer. */
export const MOST_REPEATED = 20;
/** Levels of fields within fields. */
export const MOST_DEPTH = 50;

/**
 * `LIMIT_EXCEEDED` if an operation of the document is too large to be compiled. A text of 700 characters can stand for millions
 * of fields, so counting stops at the limit; fragments that hold themselves reach it too.
 */
export function tooLarge(document: DocumentNode): GraphQLError | undefined {
  const fragments = fragmentsByName(document);
  for (const node of document.definitions) {
    const limit = node.kind === Kind.OPERATION_DEFINITION ? exceeded(node, fragments) : undefined;
    if (limit === 'fields') {
      const message = `An operation may select ${MOST_FIELDS} fields, those of fragments counted wherever they stand; split it.`;
      return apiError('LIMIT_EXCEEDED', message, { limit, allowed: MOST_FIELDS });
    }
    if (limit === 'repeated fields') {
      const message = `An operation may select ${MOST_REPEATED} fields again under another name; select each field once.`;
      return apiError('LIMIT_EXCEEDED', message, { limit, allowed: MOST_REPEATED });
    }
    if (limit === 'schema lists') {
      const message = `An operation may ask for ${MOST_SCHEMA_LISTS} lists of the schema (types, fields, args …); split it.`;
      return apiError('LIMIT_EXCEEDED', message, { limit, allowed: MOST_SCHEMA_LISTS });
    }
    if (limit === 'depth') {
      const message = `An operation may be nested ${MOST_DEPTH} levels deep; ask for the inner part by itself.`;
      return apiError('LIMIT_EXCEEDED', message, { limit, allowed: MOST_DEPTH });
    }
  }
  return undefined;
}

type Limit = 'fields' | 'depth' | 'schema lists' | 'repeated fields';

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

function exceeded(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Limit | undefined {
  let fields = 0;
  let schemaLists = 0;
  let repeated = 0;
  const within = (selections: readonly SelectionNode[], of: Selected): Limit | undefined => {
    const { depth, schema, names } = of;
    if (depth > MOST_DEPTH) return 'depth';
    for (const node of selections) {
      if (++fields > MOST_FIELDS) return 'fields';
      const name = node.kind === Kind.FIELD ? node.name.value : '';
      if (schema && SCHEMA_LISTS.has(name) && ++schemaLists > MOST_SCHEMA_LISTS) return 'schema lists';
      if (node.kind === Kind.FIELD && names && name !== '__typename' && !node.arguments?.length) {
        if (node.alias && names.has(name) && ++repeated > MOST_REPEATED) return 'repeated fields';
        names.add(name);
      }
      const holder = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      const inner = holder?.selectionSet?.selections ?? [];
      if (inner.length === 0) continue;
      const nested = { depth: depth + 1, schema: schema || INTROSPECTION.has(name), names: new Set<string>() };
      const found = within(inner, node.kind === Kind.FIELD ? nested : of);
      if (found) return found;
    }
    return undefined;
  };
  return within(operation.selectionSet.selections, { depth: 1, schema: false, names: undefined });
}

/** A document's fragments. */
export function fragmentsByName(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const byName = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) byName.set(node.name.value, node);
  }
  return byName;
}
