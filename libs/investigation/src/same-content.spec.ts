import 'reflect-metadata';
import fc from 'fast-check';
import { changesNothing, contentOf } from './same-content.js';

const members = fc.uniqueArray(fc.tuple(fc.string(), fc.jsonValue()), { selector: ([name]) => name, maxLength: 6 });
const objectOf = (entries: [string, unknown][]): object => Object.fromEntries(entries);

describe('contentOf', () => {
  it('is the same whatever the order of members', () => {
    fc.assert(
      fc.property(members, (entries) => {
        expect(contentOf(objectOf([...entries].reverse()))).toBe(contentOf(objectOf(entries)));
      }),
    );
  });

  it.each([
    [{ a: null, b: { c: undefined } }, { b: {} }, true],
    [{ a: [1, 2] }, { a: [2, 1] }, false],
    [{ a: [] }, {}, false],
    [{ a: '' }, {}, false],
    [{ a: 0 }, { a: false }, false],
  ])('%j and %j: %s', (one, other, same) => expect(contentOf(one) === contentOf(other)).toBe(same));
});

describe('changesNothing', () => {
  const current = { name: 'Acme', roles: ['PARTNER'], description: { text: 'A', language: 'en' }, kind: undefined };
  it.each([
    [{}, true],
    [{ name: null, roles: undefined }, true],
    [{ name: 'Acme', roles: ['PARTNER'] }, true],
    [{ description: { language: 'en', text: 'A', translation: null } }, true],
    [{ name: 'Acme', roles: [] }, false],
    [{ description: { text: 'A' } }, false],
    [{ kind: 'PERSON' }, false],
    [{ unheard: 'of' }, false],
  ])('%j: %s', (changes, expected) => expect(changesNothing(current, changes)).toBe(expected));
});
