import { type DirectiveNode, type DocumentNode, Kind, visit } from 'graphql';

/**
 * The document without `@skip` and `@include`: what they leave out by these values is gone. graphql-jit gets them wrong
 * where a fragment stands in several places, so it never sees them.
 */
export function applyConditions(document: DocumentNode, values: Readonly<Record<string, unknown>>): DocumentNode {
  const isLeftOut = ({ name, arguments: args }: DirectiveNode): boolean => {
    const condition = args?.[0]?.value;
    const holds = condition?.kind === Kind.VARIABLE && values[condition.name.value] === true;
    return name.value === 'skip' ? holds : !holds;
  };
  const apply = <N extends { directives?: readonly DirectiveNode[] }>(node: N): N | null | undefined => {
    if (!node.directives?.length) return undefined;
    return node.directives.some(isLeftOut) ? null : { ...node, directives: [] };
  };
  return visit(document, { Field: apply, InlineFragment: apply, FragmentSpread: apply });
}
