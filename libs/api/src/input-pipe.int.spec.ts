import 'reflect-metadata';
import { type Type } from '@nestjs/common';
import { Args, Field, InputType, Query, Resolver } from '@nestjs/graphql';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { Test } from '@nestjs/testing';
import { IsOptional, IsUUID, Length, ValidateNested } from 'class-validator';
import { assertEveryFieldHasValidator } from './input-fields.js';
import { validInput } from './input-pipe.js';

@InputType()
class Inner {
  @Field() @Length(1, 3) text!: string;
}

@InputType({ isAbstract: true })
class Base {
  @Field() @IsUUID() id!: string;
}

@InputType()
class Whole extends Base {
  @Field(() => [String], { nullable: true }) @IsOptional() tags: string[] = ['none'];
  @Field(() => Inner, { nullable: true }) @IsOptional() @ValidateNested() inner?: Inner | null;
  @Field(() => [Inner], { nullable: true }) @IsOptional() @ValidateNested({ each: true }) inners?: Inner[];
}

@InputType()
class Bare extends Base {
  @Field() forgotten!: string;
}

@InputType()
class Loose {
  @Field(() => Inner) @IsOptional() inner!: Inner;
}

@InputType()
class InnerBare {
  @Field(() => Bare) @ValidateNested() bare!: Bare;
}

@Resolver()
class Resolvers {
  @Query(() => String)
  all(@Args('a') _a: Whole, @Args('b') _b: Bare, @Args('c') _c: Loose, @Args('d') _d: InnerBare): string {
    return '';
  }
}

describe('InputPipe', () => {
  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [GraphQLSchemaBuilderModule] }).compile();
    await module.get(GraphQLSchemaFactory).create([Resolvers]);
  });

  const id = '0b6c5b9e-1111-4222-8333-444455556666';
  const violationsOf = (value: object): unknown => {
    try {
      validInput(Whole, value, 'input');
    } catch (error) {
      return (error as { extensions: { violations: { path: string; code: string }[] } }).extensions.violations.map(
        ({ path, code }) => [path, code],
      );
    }
    return 'valid';
  };

  it('builds the classes; what is omitted keeps its initial value, null stays null', () => {
    const whole = validInput(Whole, { id, inner: null, inners: [{ text: 'a' }] });
    expect(whole).toBeInstanceOf(Whole);
    expect(whole.inners![0]).toBeInstanceOf(Inner);
    expect(whole).toEqual({ id, tags: ['none'], inner: null, inners: [{ text: 'a' }] });
  });

  it('names every violation by its path, inherited and nested ones too', () => {
    expect(violationsOf({ id: 'x', inner: { text: '' }, inners: [{ text: 'a' }, { text: 'long' }] })).toEqual([
      ['input.inner.text', 'LENGTH'],
      ['input.inners[1].text', 'LENGTH'],
      ['input.id', 'UUID'],
    ]);
  });

  it.each<[string, Type<object>, string]>([
    ['has none', Bare, 'Bare.forgotten has no validator'],
    ['of a nested class has none', InnerBare, 'Bare.forgotten has no validator'],
    ['holds inputs that would not be validated', Loose, 'Loose.inner holds Inner'],
    ['is in no schema', class Foreign {}, 'Foreign has no GraphQL fields'],
  ])('refuses to start if a field %s', (_name, type, message) => {
    expect(() => assertEveryFieldHasValidator(type)).toThrow(message);
  });

  it('starts if every field has one', () => expect(() => assertEveryFieldHasValidator(Whole)).not.toThrow());
});
