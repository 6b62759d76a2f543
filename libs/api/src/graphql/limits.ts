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
    if (limit === 'depth') {
      const message = `An operation may be nested ${MOST_DEPTH} levels deep; ask for the inner part by itself.`;
      return apiError('LIMIT_EXCEEDED', message, { limit, allowed: MOST_DEPTH });
    }
  }
  return undefined;
}

function exceeded(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): 'fields' | 'depth' | undefined {
  let fields = 0;
  const within = (selections: readonly SelectionNode[], depth: number): 'fields' | 'depth' | undefined => {
    if (depth > MOST_DEPTH) return 'depth';
    for (const node of selections) {
      if (++fields > MOST_FIELDS) return 'fields';
      const holder = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
      const inner = holder?.selectionSet?.selections ?? [];
      const found = within(inner, node.kind === Kind.FIELD && inner.length > 0 ? depth + 1 : depth);
      if (found) return found;
    }
    return undefined;
  };
  return within(operation.selectionSet.selections, 1);
}

/** A document's fragments. */
export function fragmentsByName(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const byName = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) byName.set(node.name.value, node);
  }
  return byName;
}
