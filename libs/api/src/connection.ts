import { type Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';
import { refuse } from '#event-sourcing/refusal.js';

export const MOST_PER_PAGE = 100;
export const DEFAULT_PER_PAGE = 20;

/** The arguments of every paged list. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: DEFAULT_PER_PAGE,
    description: `How many to answer: 1 to ${MOST_PER_PAGE}.`,
  })
  @IsOptional()
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A cursor of the page before; omitted for the first page. All pages are read at the moment of the first.',
  })
  @IsOptional()
  after?: string | null;
}

/** How many rows a page holds; refuses with `LIMIT_EXCEEDED` what is out of range. */
export function pageSize({ first }: PageArgs): number {
  const size = first ?? DEFAULT_PER_PAGE;
  if (size >= 1 && size <= MOST_PER_PAGE) return size;
  return refuse('LIMIT_EXCEEDED', `first must be from 1 to ${MOST_PER_PAGE}; ask for more by \`after\`.`, {
    argument: 'first',
    allowed: MOST_PER_PAGE,
  });
}

@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field({ description: 'Whether there is more behind this page.' })
  hasNextPage!: boolean;

  @Field({ description: 'Whether there is more before this page.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'The cursor of the first on this page; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last on this page, to be given as `after` for the next; null on an empty page.',
  })
  endCursor!: string | null;
}

export interface Edge<T> {
  cursor: string;
  node: T;
}

export interface Connection<T> {
  nodes: readonly T[];
  edges: readonly Edge<T>[];
  pageInfo: PageInfo;
}

const made = new Map<Type<object>, Type<Connection<object>>>();

/** The connection type of a node's type: `CaseConnection` of `Case`, with its `CaseEdge`. One for each node type. */
export function connection<T extends object>(node: Type<T>, name: string = node.name): Type<Connection<T>> {
  const known = made.get(node);
  if (known) return known as Type<Connection<T>>;

  @ObjectType(`${name}Edge`, { description: `One ${name} in a list, with its place.` })
  class NodeEdge {
    @Field({ description: 'The place in the list; give it as `after` to go on behind it.' })
    cursor!: string;

    @Field(() => node, { description: `The ${name} itself.` })
    node!: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class NodeConnection {
    @Field(() => [node], { description: 'What is on this page.' })
    nodes!: T[];

    @Field(() => [NodeEdge], { description: 'What is on this page, each with its cursor.' })
    edges!: NodeEdge[];

    @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
    pageInfo!: PageInfo;
  }

  made.set(node, NodeConnection);
  return NodeConnection;
}
