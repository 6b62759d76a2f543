import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import { costOf, MOST_COST, tooCostly } from './cost.js';
import { fragmentsByName } from './limits.js';

const schema = buildSchema(`
  type Query { case: Case cases(first: Int = 20): Cases! search: [Found!]! }
  type Cases { nodes: [Case!]! edges: [Edge!]! total: Int }
  type Edge { cursor: String node: Case }
  type Case { id: ID notes(first: Int): Notes tags: [Tag!]! names: [String!]! }
  type Notes { nodes: [Note!]! }
  type Note { id: ID text: String }
  type Tag { id: ID }
  union Found = Case | Note
`);
const cost = (text: string, variables: Record<string, unknown>): number => {
  const document = parse(text);
  return costOf(schema, document.definitions[0] as OperationDefinitionNode, fragmentsByName(document))(variables);
};

describe('what an operation may come to', () => {
  it.each<[string, number, Record<string, unknown>?]>([
    ['{ case { id } }', 2],
    ['{ case { names } }', 2],
    ['{ case { tags { id } } }', 1 + 1 + 10],
    ['{ cases { nodes { id } } }', 1 + 20 * 2],
    ['{ cases(first: 50) { nodes { id } total } }', 1 + 50 * 3],
    ['{ cases(first: 50) { edges { cursor node { id } } } }', 1 + 50 * 4],
    ['query ($n: Int) { cases(first: $n) { nodes { id } } }', 1 + 7 * 2, { n: 7 }],
    ['query ($n: Int = 9) { cases(first: $n) { nodes { id } } }', 1 + 9 * 2],
    ['query ($n: Int) { cases(first: $n) { nodes { id } } }', 1 + 100 * 2, { n: 1_000_000 }],
    ['query ($n: Int) { cases(first: $n) { nodes { id } } }', 1 + 20 * 2, { n: 'all' }],
    ['{ cases(first: 100) { nodes { notes(first: 100) { nodes { id } } } } }', 1 + 100 * (1 + 1 + 100 * 2)],
    ['{ cases { ...F } } fragment F on Cases { nodes { id } }', 1 + 20 * 2],
    ['{ search { ... on Case { id names } ... on Note { id } } }', 1 + 10 * 2],
    ['{ search { __typename ... on Case { tags { id } } ...N } } fragment N on Note { id text }', 1 + 10 * (1 + 11)],
    ['{ search { ... on Case { tags { id } } ... on Case { notes { nodes { id } } } } }', 1 + 10 * (11 + 1 + 20 * 2)],
    ['{ __schema { types { name } } }', 1],
  ])('%s', (text, expected, variables = {}) => expect(cost(text, variables)).toBe(expected));

  it('is refused where it is more than anybody needs', () => {
    expect(tooCostly(MOST_COST)).toBeUndefined();
    expect(tooCostly(MOST_COST + 1)?.extensions).toEqual({
      ...{ code: 'LIMIT_EXCEEDED', limit: 'cost', allowed: MOST_COST, cost: MOST_COST + 1 },
    });
  });
});
