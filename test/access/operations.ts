import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { type Route } from '../attack/routes.js';
import { everythingOf } from '../e2e/selections.js';

/** A document, and what its variables are taken from: the arguments of the operation, `via` for what leads to a field. */
export interface Operation {
  name: string;
  kind: 'query' | 'field' | 'mutation' | 'subscription' | 'route';
  /** Of a query, field or subscription: everything that it can answer is selected. */
  document: string;
  /** Of a field: the argument of the query that leads to it. */
  via?: 'caseId' | 'eventId';
}

/** How the types are reached whose fields have arguments. */
const LEADS: Record<string, [via: Operation['via'], variable: string, around: (field: string) => string]> = {
  Case: ['caseId', '$via: ID!', (field) => `{ case(id: $via) { ${field} } }`],
  RecordedEvent: ['eventId', '$via: ID!', (field) => `{ event(id: $via) { id ${field} } }`],
  Attribution: [
    'caseId',
    '$via: ID!',
    (field) => `{ case(id: $via) { attributions(first: 1) { nodes { ${field} } } } }`,
  ],
  Technique: ['caseId', '$via: ID!', (field) => `{ case(id: $via) { techniques(first: 1) { nodes { ${field} } } } }`],
  Identity: ['caseId', '$via: ID!', (field) => `{ case(id: $via) { identities(first: 1) { nodes { ${field} } } } }`],
  CaseConnection: [undefined, '', (field) => `{ cases(first: 100) { nodes { id } ${field} } }`],
};

type Field = GraphQLField<unknown, unknown>;
const variable = ({ name, type, defaultValue }: GraphQLArgument): string =>
  `$${name}: ${defaultValue === undefined ? String(type) : String(type).replace(/!$/, '')}`;
const given = (args: readonly GraphQLArgument[]): string =>
  args.length === 0 ? '' : `(${args.map(({ name }) => `${name}: $${name}`).join(', ')})`;
const head = (variables: readonly string[]): string => {
  const some = variables.filter((text) => text !== '');
  return some.length === 0 ? '' : `(${some.join(', ')})`;
};

/** Made from `payload`, which is selected: in full of a case's history, and not again everywhere that an event can be read. */
const butData = ({ name }: Field): string[] => (name === 'history' ? [] : ['data']);

/** Only the arguments that are named: what is left out is as if the client did not know of it. */
export function documentOf(kind: Operation['kind'], field: Field, parent: GraphQLObjectType, names: readonly string[]) {
  const args = field.args.filter(({ name }) => names.includes(name));
  const selection =
    kind === 'mutation' && isObjectType(getNamedType(field.type))
      ? '{ __typename }'
      : everythingOf(field.type, butData(field));
  const text = `${field.name}${given(args)} ${selection}`;
  if (kind !== 'field') return `${kind} Asked${head(args.map(variable))} { ${text} }`;
  const [, lead, around] = LEADS[parent.name];
  return `query Asked${head([lead, ...args.map(variable)])} ${around(text)}`;
}

/** An operation of the schema, before it is known what it is asked with. */
export interface SchemaOperation {
  name: string;
  kind: Exclude<Operation['kind'], 'route'>;
  via: Operation['via'];
  /** The document that gives these arguments. */
  document: (names: readonly string[]) => string;
}

/** Every query, mutation and subscription, and every other field that has arguments. */
export function operationsOf(schema: GraphQLSchema): SchemaOperation[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const kinds = ['query', 'mutation', 'subscription'] as const;
  const ofRoots = roots.flatMap((type, n) =>
    Object.values(type!.getFields()).map((field) => operation(kinds[n], field, type!, `${kinds[n]} ${field.name}`)),
  );
  const types = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__') && !roots.includes(type),
  );
  const ofTypes = types.flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ args }) => args.length > 0)
      .map((field) => {
        if (!LEADS[type.name]) throw new Error(`Nothing says how a client comes to ${type.name}.${field.name}.`);
        return operation('field', field, type, `field ${type.name}.${field.name}`);
      }),
  );
  return [...ofRoots, ...ofTypes];
}

function operation(
  kind: SchemaOperation['kind'],
  field: Field,
  parent: GraphQLObjectType,
  name: string,
): SchemaOperation {
  const via = kind === 'field' ? LEADS[parent.name][0] : undefined;
  // Asked once for every column of the table: made once.
  const documents = new Map<string, string>();
  const document = (names: readonly string[]): string => {
    const made = documents.get(names.join()) ?? documentOf(kind, field, parent, names);
    documents.set(names.join(), made);
    return made;
  };
  return { name, kind, via, document };
}

/** Every path that is served, with its methods; the files of the IDE are one. */
export function pathsOf(routes: readonly Route[]): Map<string, string[]> {
  const paths = new Map<string, string[]>();
  for (const { method, path } of routes) {
    const name = path.replace(/^\/graphiql\/.+/, '/graphiql/*');
    paths.set(name, [...new Set([...(paths.get(name) ?? []), method])]);
  }
  return paths;
}
