import 'reflect-metadata';
import { Args, GraphQLSchemaBuilderModule, GraphQLSchemaFactory, Query, Resolver } from '@nestjs/graphql';
import { Test } from '@nestjs/testing';
import {
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isObjectType,
  isSpecifiedScalarType,
  printType,
} from 'graphql';
import { Channel, PartyKind, PartyRole } from './enums.js';
import { FuzzyTime, FuzzyTimeValue } from './fuzzy-time-scalar.js';
import { Provision } from './provision.js';
import { Quantity } from './quantity.js';
import { Source } from './source.js';
import { Text } from './text.js';

@Resolver()
class EveryValue {
  @Query(() => Text) text(@Args('text', { type: () => Text }) text: Text): Text {
    return text;
  }
  @Query(() => Source) source(@Args('source', { type: () => Source }) source: Source): Source {
    return source;
  }
  @Query(() => Quantity) quantity(@Args('quantity', { type: () => Quantity }) quantity: Quantity): Quantity {
    return quantity;
  }
  @Query(() => Provision) provision(@Args('provision', { type: () => Provision }) provision: Provision): Provision {
    return provision;
  }
  @Query(() => FuzzyTimeValue) time(@Args('time', { type: () => FuzzyTime }) time: string): FuzzyTimeValue {
    return { stated: time, earliest: null, latest: null };
  }
  @Query(() => Channel) channel(): string {
    return 'PHONE';
  }
  @Query(() => PartyRole) role(@Args('kind', { type: () => PartyKind }) kind: string): string {
    return kind;
  }
}

async function schema(): Promise<GraphQLSchema> {
  const module = await Test.createTestingModule({ imports: [GraphQLSchemaBuilderModule] }).compile();
  return module.get(GraphQLSchemaFactory).create([EveryValue]);
}

/** A type without its descriptions, fields on one line. */
const shape = (built: GraphQLSchema, name: string): string =>
  printType(built.getType(name)!)
    .replaceAll(/"""[^]*?"""/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

describe('the value types in the GraphQL schema', () => {
  it.each([
    ['TextInput', 'input TextInput { text: String! language: String translation: TranslationInput }'],
    ['Text', 'type Text { text: String! language: String translation: Translation }'],
    ['TranslationInput', 'input TranslationInput { text: String! language: String! by: String }'],
    ['Translation', 'type Translation { text: String! language: String! by: String }'],
    ['SourceInput', 'input SourceInput { assertedBy: ID! via: [ID!]! = [] grade: String }'],
    ['Source', 'type Source { assertedBy: ID! via: [ID!]! grade: String }'],
    ['ProvisionInput', 'input ProvisionInput { document: String! version: String clause: String }'],
    ['Provision', 'type Provision { document: String! version: String clause: String }'],
    [
      'QuantityInput',
      'input QuantityInput { of: QuantityKind! exact: Float min: Float max: Float magnitude: Int approximate: Boolean asStated: String }',
    ],
    [
      'Quantity',
      'type Quantity { of: QuantityKind! exact: Float min: Float max: Float magnitude: Int approximate: Boolean asStated: String }',
    ],
    ['FuzzyTimeBounds', 'type FuzzyTimeBounds { stated: String! earliest: String latest: String }'],
    ['QuantityKind', 'enum QuantityKind { REQUESTS TOKENS BYTES ACCOUNTS DATA }'],
    ['PartyKind', 'enum PartyKind { ORGANISATION PERSON GROUP UNIDENTIFIED_SUBJECT }'],
    ['Channel', 'enum Channel { PHONE EMAIL LETTER MEETING PORTAL PRESS OTHER NOT_STATED }'],
    [
      'PartyRole',
      'enum PartyRole { PROVIDER PARTNER OBSERVER SUBJECT BENEFICIARY INVESTOR AUTHORITY PRESS SOURCE OFFICIAL AFFECTED CUSTOMER COUNSEL SPOKESPERSON }',
    ],
  ])('%s has its published shape', async (name, expected) => {
    expect(shape(await schema(), name)).toBe(expected);
  });

  it('describes every type, field and enum value', async () => {
    const built = await schema();
    const missing: string[] = [];
    for (const type of Object.values(built.getTypeMap())) {
      if (type.name.startsWith('__') || type.name === 'Query' || isSpecifiedScalarType(type)) continue;
      if (!type.description) missing.push(type.name);
      const members: readonly { name: string; description?: string | null }[] = isEnumType(type)
        ? type.getValues()
        : isObjectType(type) || isInputObjectType(type)
          ? Object.values(type.getFields())
          : [];
      for (const member of members) if (!member.description) missing.push(`${type.name}.${member.name}`);
    }
    expect(missing).toEqual([]);
  });
});
