import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { IsOptional, validateSync, type ValidationError } from 'class-validator';
import { Kind } from 'graphql';
import { FuzzyTime, IsFuzzyTime } from './fuzzy-time-scalar.js';
import { Provision } from './provision.js';
import { Quantity } from './quantity.js';
import { Source } from './source.js';
import { Text, TEXT_MAX_LENGTH } from './text.js';

const party = '6f1c1a52-7f0b-4d3a-9a3e-2f6f5a1f0c11';
const other = '6f1c1a52-7f0b-4d3a-9a3e-2f6f5a1f0c12';

/** The paths of what is wrong with an input, `translation.language` for a nested one. */
function wrong(type: new () => object, input: object): string[] {
  const paths = (errors: ValidationError[], prefix = ''): string[] =>
    errors.flatMap(({ property, constraints, children }) => [
      ...(constraints ? [prefix + property] : []),
      ...paths(children ?? [], `${prefix}${property}.`),
    ]);
  return paths(validateSync(plainToInstance(type, input)));
}

describe('Text', () => {
  const translation = { text: 'Autumn.', language: 'en', by: 'a sworn translator' };
  it.each([
    [{ text: 'Herbst.' }, []],
    [{ text: 'Automne.', language: 'fr', translation }, []],
    [{ text: 'x', language: null, translation: null }, []],
    [{ text: 'x'.repeat(TEXT_MAX_LENGTH), language: 'zh-Hant-TW-u-ca-roc' }, []],
    [{ text: '' }, ['text']],
    [{}, ['text']],
    [{ text: 7 }, ['text']],
    [{ text: 'x'.repeat(TEXT_MAX_LENGTH + 1) }, ['text']],
    [{ text: 'x', language: 'english language' }, ['language']],
    [{ text: 'x', language: 'e' }, ['language']],
    [{ text: 'x', language: '' }, ['language']],
    [{ text: 'x', language: `en-x-${'abcdefgh-'.repeat(4)}a` }, ['language']],
    [{ text: 'x', translation: { ...translation, language: null } }, ['translation.language']],
    [{ text: 'x', translation: { language: 'en' } }, ['translation.text']],
    [{ text: 'x', translation: { ...translation, by: '' } }, ['translation.by']],
    [{ text: 'x', translation: { ...translation, by: 'x'.repeat(301) } }, ['translation.by']],
  ])('%#: %j', (input, expected) => expect(wrong(Text, input)).toEqual(expected));
});

describe('Source', () => {
  it.each([
    [{ assertedBy: party, via: [] }, []],
    [{ assertedBy: party, via: [other], grade: 'B2' }, []],
    [{ assertedBy: party, via: [], grade: null }, []],
    [{ assertedBy: 'Bloomberg', via: [] }, ['assertedBy']],
    [{ assertedBy: party }, []],
    [{ assertedBy: party, via: null }, ['via']],
    [{ assertedBy: party.toUpperCase(), via: [] }, ['assertedBy']],
    [{ assertedBy: party, via: ['Bloomberg'] }, ['via']],
    [{ assertedBy: party, via: [other, other] }, ['via']],
    [{ assertedBy: party, via: Array.from({ length: 21 }, (_, i) => party.slice(0, -2) + (i + 10)) }, ['via']],
    [{ assertedBy: party, via: [], grade: 'G1' }, ['grade']],
    [{ assertedBy: party, via: [], grade: 'B7' }, ['grade']],
    [{ assertedBy: party, via: [], grade: 'B2 ' }, ['grade']],
    [{ assertedBy: party, via: [], grade: 'b2' }, ['grade']],
  ])('%#: %j', (input, expected) => expect(wrong(Source, input)).toEqual(expected));
});

describe('Provision', () => {
  it.each([
    [{ document: 'Terms of Use', version: '2024-11', clause: '4.2' }, []],
    [{ document: 'Terms of Use', version: null, clause: null }, []],
    [{ document: '' }, ['document']],
    [{ version: '2024-11' }, ['document']],
    [{ document: 'x'.repeat(301), clause: '' }, ['document', 'clause']],
  ])('%#: %j', (input, expected) => expect(wrong(Provision, input)).toEqual(expected));
});

describe('Quantity', () => {
  it.each([
    [{ exact: 0 }, []],
    [{ exact: 2 ** 53 - 1, approximate: true }, []],
    [{ min: 31, max: 44 }, []],
    [{ min: 31, max: 31 }, []],
    [{ min: 31 }, []],
    [{ max: 0, exact: null }, []],
    [{ magnitude: 6, approximate: true, asStated: 'millions' }, []],
    [{ asStated: 'large quantity' }, []],
    [{ asStated: 'large quantity', approximate: false }, []],
    [{}, ['of']],
    [{ approximate: true }, ['of']],
    [{ asStated: 'large quantity', approximate: true }, ['of']],
    [{ exact: 1, min: 1 }, ['of']],
    [{ exact: 1, max: 1 }, ['of']],
    [{ exact: 1, magnitude: 0 }, ['of']],
    [{ min: 1, magnitude: 0 }, ['of']],
    [{ min: 44, max: 31 }, ['of']],
    [{ exact: 1.5 }, ['exact']],
    [{ exact: -1 }, ['exact']],
    [{ exact: NaN }, ['exact']],
    [{ exact: 2 ** 53 }, ['exact']],
    [{ exact: '7' }, ['exact']],
    [{ magnitude: 25 }, ['magnitude']],
    [{ magnitude: -1 }, ['magnitude']],
    [{ asStated: '' }, ['asStated']],
    [{ asStated: 'x'.repeat(301) }, ['asStated']],
    [{ exact: 1, approximate: 'yes' }, ['approximate']],
    [{ of: 'PAGES', exact: 1 }, ['of']],
  ])('%#: %j', (input, expected) => expect(wrong(Quantity, { of: 'ACCOUNTS', ...input })).toEqual(expected));

  it('says what is wrong', () => {
    const [error] = validateSync(plainToInstance(Quantity, { of: 'ACCOUNTS', min: 44, max: 31 }));
    expect(Object.values(error.constraints!)).toEqual([
      'the quantity must be one statement: min must not be greater than max',
    ]);
  });
});

describe('IsFuzzyTime', () => {
  class Sighting {
    @IsOptional()
    @IsFuzzyTime()
    observedAt?: unknown;
  }
  it.each([
    ['2024-23', undefined],
    ['NOT_STATED', undefined],
    [null, undefined],
    ['2025-02-30', 'observedAt must be a day that exists: 01 to 28 in this month.'],
    [2024, 'observedAt must be a string, such as "2024-23" or "NOT_STATED" (FuzzyTime).'],
  ])('%j', (observedAt, message) => {
    const [error] = validateSync(plainToInstance(Sighting, { observedAt }));
    expect(error?.constraints?.isFuzzyTime).toBe(message);
  });
});

describe('the FuzzyTime scalar', () => {
  it('takes a text as stated, from a variable or a literal', () => {
    expect(FuzzyTime.parseValue('2024-23')).toBe('2024-23');
    expect(FuzzyTime.parseLiteral({ kind: Kind.STRING, value: '2024-23' })).toBe('2024-23');
    expect(FuzzyTime.serialize('2024-23')).toBe('2024-23');
  });

  it.each([2024, null, true, ['2024'], { stated: '2024' }, new Date(0)])('refuses %p', (value) => {
    expect(() => FuzzyTime.parseValue(value)).toThrow('must be a string, such as');
  });

  it('refuses an impossible time and a number as literals', () => {
    expect(() => FuzzyTime.parseLiteral({ kind: Kind.STRING, value: '2025-13' })).toThrow(
      'must have a month that exists',
    );
    expect(() => FuzzyTime.parseLiteral({ kind: Kind.INT, value: '2024' })).toThrow('must be a string');
  });
});
