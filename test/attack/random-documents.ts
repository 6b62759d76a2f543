import {
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isUnionType,
  type OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { Random } from '../crash/random.js';
import { literal } from '../e2e/wrong-inputs.js';
import { type Heard, isGiven, otherIds, pick, randomValue } from './random-values.js';

type Operation = 'query' | 'mutation' | 'subscription';

export interface RandomDocument {
  operation: Operation;
  /** The fields of the root type that it asks for. */
  rootFields: string[];
  query: string;
  variables: Record<string, unknown>;
}

export interface DocumentOptions {
  /** Right inputs of mutations: half of their ids are exchanged for others, so that they get far. */
  inputs?: Readonly<Record<string, object>>;
  /** Root fields that are left alone. */
  without?: (name: string) => boolean;
}

/** How deep selections go: connections within a case within a list need as many. */
const DEEPEST = 7;
/** Weights of the three operations. */
const OPERATIONS: readonly Operation[] = [
  'query',
  'query',
  'query',
  'query',
  'query',
  'query',
  'mutation',
  'mutation',
  'subscription',
];

/**
 * Documents that are valid by the schema, made from nothing but the schema and what an attacker may have heard of: every root
 * field has its turn, selections, arguments, variables, aliases and fragments are random. The same seed makes the same ones.
 */
export class RandomDocuments {
  private readonly turns: Record<string, number> = {};
  private variables: { name: string; type: string; value: unknown }[] = [];
  private aliases = 0;
  private fields = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly heard: Heard,
    private readonly random = new Random(),
    private readonly options: DocumentOptions = {},
  ) {}

  get seed(): number {
    return this.random.seed;
  }

  /** The next one, of any operation unless it is told. */
  next(operation: Operation = pick(OPERATIONS, this.random)): RandomDocument {
    const fields = this.turn(operation);
    for (;;) {
      const made = this.made(operation, fields);
      // Two fields of one name may turn out to be of two types: made anew, or those fields would miss their turn.
      if (validate(this.schema, parse(made.query)).length === 0) return made;
    }
  }

  private turn(operation: Operation): GraphQLField<unknown, unknown>[] {
    const root = this.schema.getRootType(operation as OperationTypeNode)!;
    const all = Object.values(root.getFields()).filter(({ name }) => !this.options.without?.(name));
    const count = operation === 'query' ? 1 + this.random.next(3) : 1;
    return Array.from({ length: count }, () => {
      this.turns[operation] = (this.turns[operation] ?? -1) + 1;
      return all[this.turns[operation] % all.length];
    });
  }

  private made(operation: Operation, fields: GraphQLField<unknown, unknown>[]): RandomDocument {
    [this.variables, this.aliases, this.fields] = [[], 0, 0];
    const selected = fields.map((field, n) => this.field(field, 1, n > 0));
    const declared = this.variables.map(({ name, type }) => `$${name}: ${type}`).join(', ');
    const query = `${operation} ${declared && `Attack(${declared})`} { ${selected.join(' ')} }`;
    const variables = Object.fromEntries(this.variables.map(({ name, value }) => [name, value]));
    return { operation, rootFields: fields.map(({ name }) => name), query, variables };
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number, renamed = this.random.next(12) === 0): string {
    this.fields++;
    const given = field.args.filter((arg) => isGiven(arg) || this.random.next(3) === 0);
    const args = given.map(({ name, type }) => {
      const value = this.value(field.name, name, type);
      if (this.random.next(2) === 0) return `${name}: ${literal(value, type)}`;
      const variable = `v${this.variables.length}`;
      this.variables.push({ name: variable, type: String(type), value });
      return `${name}: $${variable}`;
    });
    const type = getNamedType(field.type);
    const alias = renamed ? `a${this.aliases++}: ` : '';
    const inner = isLeafType(type) ? '' : this.selection(type, depth + 1);
    return `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${inner}`;
  }

  private value(field: string, name: string, type: GraphQLInputType): unknown {
    const right = this.options.inputs?.[field];
    if (name === 'input' && right && this.random.next(4) > 0) return otherIds(right, this.heard, this.random);
    return randomValue(type, name, this.heard, this.random);
  }

  private selection(type: GraphQLNamedType, depth: number): string {
    if (isUnionType(type)) {
      const types = type.getTypes().filter(() => this.random.next(3) === 0);
      const fragments = types.map((one) => `... on ${one.name}${this.selection(one, depth)}`);
      return ` { __typename ${fragments.join(' ')} }`;
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return ' { __typename }';
    const fields = Object.values((type as GraphQLObjectType).getFields());
    const crowded = this.fields > 150;
    const chosen = fields.filter((field) => {
      if (isLeafType(getNamedType(field.type))) return this.random.next(crowded ? 6 : 2) === 0;
      // What holds rows is what is worth asking for.
      const holdsRows = ['nodes', 'edges', 'node', 'event', 'events'].includes(field.name);
      return depth < DEEPEST && !crowded && this.random.next(holdsRows ? 2 : 4) === 0;
    });
    const selected = chosen.map((field) => this.field(field, depth));
    return ` { ${['__typename', ...selected].join(' ')} }`;
  }
}
