import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLBoolean,
  type GraphQLInputType,
  GraphQLNonNull,
  type GraphQLSchema,
  isRequiredArgument,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  type TypeNode,
  type VariableNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { GIVEN } from './given.js';
import { fragmentsByName } from './limits.js';
import { templateOf } from './template.js';

/** One argument lifted out of an operation. */
export interface Slot {
  /** The variable that stands for it now. */
  name: string;
  /** Where violations say it stands: the argument's name, or `@include(if:)`. */
  path: string;
  type: GraphQLInputType;
  template: unknown;
  hasDefault: boolean;
  /** Whether it says what is asked for; false for what a command says. */
  isAsked: boolean;
  /** For the place in the document. */
  node: ASTNode;
}

/** What `@skip` and `@include` take; no argument of a field has this very object for its type. */
export const CONDITION = new GraphQLNonNull(GraphQLBoolean);

/**
 * The operation with a variable in the place of every argument, required ones that are missing included, and with the
 * fragments it uses; what stood there is in the slots. The variables are taken as given (see `GIVEN`).
 */
export function liftArguments(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): { document: DocumentNode; slots: Slot[] } {
  const slots: Slot[] = [];
  const lift = (slot: Omit<Slot, 'name'>): VariableNode => {
    const name = `v${slots.length}`;
    slots.push({ name, ...slot });
    return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } };
  };
  const lifted = [operation, ...fragmentsOf(document, operation)].map((node) => liftFrom(schema, node, lift));
  const [root, ...fragments] = lifted as [OperationDefinitionNode, ...FragmentDefinitionNode[]];
  const variableDefinitions = slots.map(({ name, type }) => ({
    kind: Kind.VARIABLE_DEFINITION as const,
    variable: { kind: Kind.VARIABLE as const, name: { kind: Kind.NAME as const, value: name } },
    type: type === CONDITION ? BOOLEAN : ANYTHING,
  }));
  return { document: { kind: Kind.DOCUMENT, definitions: [{ ...root, variableDefinitions }, ...fragments] }, slots };
}

const named = (name: string) => ({ kind: Kind.NAMED_TYPE as const, name: { kind: Kind.NAME as const, value: name } });
const ANYTHING: TypeNode = named(GIVEN);
const BOOLEAN: TypeNode = { kind: Kind.NON_NULL_TYPE, type: named('Boolean') };

function liftFrom<N extends ASTNode>(schema: GraphQLSchema, node: N, lift: (slot: Omit<Slot, 'name'>) => VariableNode) {
  const types = new TypeInfo(schema);
  return visit(
    node,
    visitWithTypeInfo(types, {
      Field(field) {
        const args = types.getFieldDef()?.args ?? [];
        const isAsked = types.getParentType() !== schema.getMutationType();
        const lifted = args.flatMap((arg) => {
          const written = field.arguments?.find(({ name }) => name.value === arg.name);
          if (!written && !isRequiredArgument(arg)) return [];
          const template = written && templateOf(written.value);
          const hasDefault = arg.defaultValue !== undefined;
          const slot = { path: arg.name, type: arg.type, template, hasDefault, isAsked, node: written ?? field };
          const value = lift(slot);
          return [{ kind: Kind.ARGUMENT as const, name: { kind: Kind.NAME as const, value: arg.name }, value }];
        });
        return { ...field, arguments: lifted } satisfies FieldNode;
      },
      Directive(directive) {
        const name = { kind: Kind.NAME as const, value: 'if' };
        const written = directive.arguments?.find((arg) => arg.name.value === 'if');
        const slot = { path: `@${directive.name.value}(if:)`, type: CONDITION, hasDefault: false, isAsked: false };
        const value = lift({ ...slot, template: written && templateOf(written.value), node: written ?? directive });
        return { ...directive, arguments: [{ kind: Kind.ARGUMENT as const, name, value }] };
      },
    }),
  );
}

/** Those that the operation reaches; one text may hold many operations. */
function fragmentsOf(document: DocumentNode, operation: OperationDefinitionNode): FragmentDefinitionNode[] {
  const byName = fragmentsByName(document);
  const found = new Set<FragmentDefinitionNode>();
  const follow = (node: ASTNode): void => {
    visit(node, {
      FragmentSpread({ name }) {
        const fragment = byName.get(name.value);
        if (!fragment || found.has(fragment)) return;
        found.add(fragment);
        follow(fragment);
      },
    });
  };
  follow(operation);
  return [...found];
}
