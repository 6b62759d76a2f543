import {
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLCompositeType,
  type GraphQLError,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
} from 'graphql';
import { DEFAULT_PER_PAGE, MOST_PER_PAGE } from '../connection.js';
import { apiError } from '../errors.js';

/** Values that one answer may come to, were every list as long as it may be. */
export const MOST_COST = 250_000;
/** How long a list without `first` is taken to be. */
const UNPAGED = 10;

type Values = Readonly<Record<string, unknown>>;
/** How many values a part of the answer may come to, by the request's variables. */
type Cost = (values: Values) => number;

/**
 * What an operation may come to before anything is read for it: each field once, times the lengths of the lists around it.
 * Of the types of a union the dearest counts, by all fragments on it, as a value is of one type. The schema's own fields are bounded apart.
 */
export function costOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): Cost {
  const defaults = new Map(
    operation.variableDefinitions?.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );

  const within = (selections: readonly SelectionNode[], type: GraphQLCompositeType, paged: boolean): Cost => {
    const always: Cost[] = [];
    const byType = new Map<string, Cost[]>();
    for (const node of selections) {
      if (node.kind === Kind.FIELD) always.push(ofField(node, type, paged));
      else {
        const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
        const on = fragment?.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
        if (!fragment || !isCompositeType(on)) continue;
        const ofType = isAbstractType(type) && isObjectType(on) ? (byType.get(on.name) ?? []) : always;
        if (ofType !== always) byType.set(on.name, ofType);
        ofType.push(within(fragment.selectionSet.selections, on, paged));
      }
    }
    const sum = (costs: readonly Cost[], values: Values): number => {
      let all = 0;
      for (const cost of costs) all += cost(values);
      return all;
    };
    return (values) => sum(always, values) + Math.max(0, ...[...byType.values()].map((costs) => sum(costs, values)));
  };

  const ofField = (node: FieldNode, parent: GraphQLCompositeType, paged: boolean): Cost => {
    const field = 'getFields' in parent ? parent.getFields()[node.name.value] : undefined;
    const type = field && getNamedType(field.type);
    if (!field || !isCompositeType(type) || !node.selectionSet) return () => 1;
    const pages = field.args.some(({ name }) => name === 'first');
    const inner = within(node.selectionSet.selections, type, pages);
    const first = node.arguments?.find(({ name }) => name.value === 'first')?.value;
    if (pages) return (values) => 1 + lengthOf(first, values) * inner(values);
    // The `nodes` and `edges` of a page are as many as its `first`, which has been counted.
    const length = !paged && isListType(getNullableType(field.type)) ? UNPAGED : 1;
    return (values) => 1 + length * inner(values);
  };

  const lengthOf = (first: ValueNode | undefined, values: Values): number => {
    let given: unknown = first;
    if (first?.kind === Kind.VARIABLE) given = values[first.name.value] ?? defaults.get(first.name.value);
    const number =
      typeof given === 'number' ? given : Number((given as { value?: unknown } | undefined)?.value ?? DEFAULT_PER_PAGE);
    // What is out of range is refused where the page is read.
    return Math.min(Math.max(Number.isFinite(number) ? number : DEFAULT_PER_PAGE, 1), MOST_PER_PAGE);
  };

  const root = schema.getRootType(operation.operation);
  return root ? within(operation.selectionSet.selections, root, false) : () => 0;
}

/** `LIMIT_EXCEEDED` for an operation that may come to too much. */
export function tooCostly(cost: number): GraphQLError | undefined {
  if (cost <= MOST_COST) return undefined;
  const message = `An answer may come to ${MOST_COST} values, and this one to ${cost} by the lengths of its lists; ask for fewer by \`first\`, or select fewer lists within lists.`;
  return apiError('LIMIT_EXCEEDED', message, { limit: 'cost', allowed: MOST_COST, cost });
}
