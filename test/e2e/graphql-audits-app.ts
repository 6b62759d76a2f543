import 'reflect-metadata';
import { EventEmitter, on, once } from 'node:events';
import { Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, NestFactory } from '@nestjs/core';
import {
  Args,
  Context,
  Field,
  Float,
  GraphQLModule,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  registerEnumType,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsOptional, Length, Max, ValidateNested } from 'class-validator';
import { GraphQLScalarType } from 'graphql';
import { AppendTooLarge, LogOverloaded, LogUnavailable } from '#event-sourcing/log/errors.js';
import { refuse } from '#event-sourcing/refusal.js';
import { connection, type Connection, PageArgs, pageSize } from '#api/connection.js';
import { GraphQLDriver } from '#api/graphql/driver.js';
import { type ApiRequest } from '#api/graphql/server-options.js';
import { InvalidScalar } from '#api/invalid-scalar.js';
import { InputPipe } from '#api/input-pipe.js';
import { ResolverErrors } from '#api/resolver-errors.js';
import { Instant, Json, JsonObject, Sequence } from '#api/scalars.js';

enum Colour {
  RED = 'RED',
  GREEN = 'GREEN',
}
registerEnumType(Colour, { name: 'Colour' });

/** A scalar with a rule of its own. */
const Month = new GraphQLScalarType<string, string>({
  name: 'Month',
  parseValue: (value) => {
    if (typeof value === 'string' && /^\d{4}-\d\d$/.test(value)) return value;
    throw new InvalidScalar('must be a month, like 2025-03.');
  },
});

@InputType()
export class SampleText {
  @Field() @Length(1, 20) text!: string;
  @Field(() => String, { nullable: true }) @IsOptional() language?: string | null;
}

@InputType({ isOneOf: true })
export class WhenInput {
  @Field(() => Sequence, { nullable: true }) @IsOptional() sequence?: number;
  @Field(() => Instant, { nullable: true }) @IsOptional() time?: string;
}

@InputType({ isAbstract: true })
class CommonInput {
  @Field(() => ID) @Length(1, 36) commandId!: string;
}

@InputType()
export class RecordInput extends CommonInput {
  @Field() @Length(1, 10) title!: string;
  @Field(() => Colour, { nullable: true }) @IsOptional() colour?: Colour | null;
  @Field(() => Int, { nullable: true }) @IsOptional() @Max(10) count?: number | null;
  @Field(() => Float, { nullable: true }) @IsOptional() share?: number | null;
  @Field({ nullable: true }) @IsOptional() sure?: boolean;
  @Field(() => [ID], { defaultValue: [] }) @IsOptional() subjects!: string[];
  @Field(() => SampleText, { nullable: true }) @IsOptional() @ValidateNested() description?: SampleText | null;
  @Field(() => [SampleText], { nullable: true }) @IsOptional() @ValidateNested({ each: true }) notes?: SampleText[];
  @Field(() => WhenInput, { nullable: true }) @IsOptional() @ValidateNested() when?: WhenInput | null;
  @Field(() => Month, { nullable: true }) @IsOptional() occurredAt?: string | null;
  @Field(() => JsonObject, { nullable: true }) @IsOptional() extra?: Record<string, unknown> | null;
}

@ObjectType({ description: 'Something.' })
export class Thing {
  @Field({ description: 'What it is called.' }) name!: string;
}
const Things = connection(Thing);

/** What the subscription `beats` follows; it emits `followed` then. */
export const heart = new EventEmitter();

/** The `from` of each subscription whose source was told to end. */
export const returned = new Set<number>();

@Resolver()
class SampleResolver {
  @Query(() => String)
  hello(@Args('name', { type: () => String, defaultValue: 'world' }) name: string): string {
    return `hello ${name}`;
  }

  @Query(() => String, { nullable: true })
  who(@Context() { principal }: { principal?: string }): string | undefined {
    return principal;
  }

  @Query(() => Int)
  twice(@Args('n', { type: () => Int }) n: number): number {
    return n * 2;
  }

  @Query(() => String, { nullable: true })
  fail(@Args('kind') kind: string): string {
    if (kind === 'refusal') refuse('CASE_CLOSED', 'The case is closed.', { current: 7 });
    if (kind === 'overloaded') throw new LogOverloaded('queue');
    if (kind === 'unavailable') throw new LogUnavailable('disk is full at /secret');
    if (kind === 'unknown') throw new LogUnavailable('connection lost', true);
    if (kind === 'large') throw new AppendTooLarge(2_000_000, 1_048_576);
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- what a careless library might do
    if (kind === 'text') throw 'secret';
    if (kind === 'parse') JSON.parse('secret words of a case');
    throw new TypeError('secret internals');
  }

  @Query(() => Json, { nullable: true })
  json(@Args('value', { type: () => Json, nullable: true }) value: unknown): unknown {
    return value;
  }

  @Query(() => Things)
  things(@Args() page: PageArgs): Connection<Thing> {
    const rows = Array.from({ length: pageSize(page) + 1 }, (_, i) => ({ name: `thing ${i}` }));
    const nodes = rows.slice(0, pageSize(page));
    const edges = nodes.map((node) => ({ node, cursor: `at ${node.name}` }));
    const pageInfo = {
      hasNextPage: rows.length > nodes.length,
      hasPreviousPage: page.after != null,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    };
    return { nodes, edges, pageInfo };
  }

  @Mutation(() => JsonObject)
  record(@Args('input') input: RecordInput): Record<string, unknown> {
    return { class: input.constructor.name, nested: input.description?.constructor.name, ...input };
  }

  @Mutation(() => Int)
  constant(@Args('input') _input: RecordInput): number {
    return 1;
  }

  /** Waits for the heart. */
  @Query(() => Int, { nullable: true })
  async nextBeat(): Promise<number> {
    const beat = once(heart, 'beat');
    heart.emit('followed');
    return (await beat)[0] as number;
  }

  @Subscription(() => Int, { resolve: ([value]: [number]) => value })
  beats(): AsyncIterableIterator<unknown[]> {
    const beats = on(heart, 'beat');
    heart.emit('followed');
    return beats;
  }

  /** Fails like the query of that kind: at its opening, or after so many values. */
  @Subscription(() => Int, { resolve: (value: number) => value })
  failing(
    @Args('kind') kind: string,
    @Args('after', { type: () => Int }) after: number,
  ): AsyncIterableIterator<number> {
    if (after === 0) this.fail(kind);
    let n = 0;
    return {
      next: () => new Promise((resolve) => resolve({ value: n < after ? n++ : Number(this.fail(kind)), done: false })),
      return: () => Promise.resolve({ value: undefined, done: true }),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  @Subscription(() => Int, { resolve: (value: number) => value })
  ticks(@Args('from', { type: () => Int }) from: number): AsyncIterableIterator<number> {
    let wake: (() => void) | undefined;
    let n = from;
    return {
      next: async () => {
        if (n < from + 3) return { value: n++, done: false };
        await new Promise<void>((resolve) => (wake = resolve));
        return { value: undefined, done: true };
      },
      return: () => {
        returned.add(from);
        wake?.();
        return Promise.resolve({ value: undefined, done: true });
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}

/** Keys that are valid at the moment. */
export const keys = new Set<string>(['Bearer good']);
/** Keys of which it cannot be told at the moment whose they are. */
export const doubtful = new Set<string>();

/** A small service of its own on a free port, with everything the serving layer does. */
export async function startSample(): Promise<{ app: NestFastifyApplication; url: string; driver: GraphQLDriver }> {
  const app = await createSample();
  await app.listen(0, '127.0.0.1');
  const { AbstractGraphQLDriver } = await import('@nestjs/graphql');
  const driver = app.get<GraphQLDriver>(AbstractGraphQLDriver, { strict: false });
  return { app, url: `${await app.getUrl()}/graphql`, driver };
}

async function createSample(): Promise<NestFastifyApplication> {
  @Module({
    imports: [
      GraphQLModule.forRoot({
        driver: GraphQLDriver,
        contextFor: ({ principal, headers }: ApiRequest<string>) => ({
          principal,
          trace: headers['x-trace'],
          reads: [],
        }),
        extensionsFor: ({ trace }: { trace?: string }) => (trace === undefined ? undefined : { trace }),
        authenticate: (authorization: string) =>
          doubtful.has(authorization)
            ? Promise.reject(new LogUnavailable('away'))
            : Promise.resolve(keys.has(authorization) ? 'Ada' : null),
      }),
    ],
    providers: [
      SampleResolver,
      { provide: APP_FILTER, useClass: ResolverErrors },
      { provide: APP_PIPE, useClass: InputPipe },
    ],
  })
  class SampleModule {}
  return NestFactory.create<NestFastifyApplication>(SampleModule, new FastifyAdapter(), { logger: ['error', 'fatal'] });
}
