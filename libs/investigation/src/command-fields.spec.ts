import 'reflect-metadata';
import { validateSync, type ValidationError } from 'class-validator';
import { type CommandName, commands } from '../../../test/builders/case-commands.js';
import { acceptable } from '../../../test/builders/preconditions.js';
import { note, partner } from '../../../test/builders/ids.js';
import { quantity, source, text } from '../../../test/builders/values.js';

/** The paths of what is wrong with a command. */
function wrong(command: object): string[] {
  const paths = (errors: ValidationError[], prefix = ''): string[] =>
    errors.flatMap(({ property, constraints, children }) => [
      ...(constraints ? [prefix + property] : []),
      ...paths(children ?? [], `${prefix}${property}.`),
    ]);
  return paths(validateSync(command, { forbidUnknownValues: false }));
}

const names = Object.keys(commands) as CommandName[];
const many = (length: number) =>
  Array.from({ length }, (_, n) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);

describe('the input of a command', () => {
  it.each(names)('%s: is valid as the builders make it', (name) => {
    expect(wrong(acceptable(name, 'minimal').command)).toEqual([]);
    expect(wrong(acceptable(name, 'full').command)).toEqual([]);
  });

  it.each(names)('%s: carries an id of 1 to 200 characters, and belongs to one undertaking at most', (name) => {
    const build = commands[name] as (over: object) => object;
    expect(wrong(build({ commandId: 'x'.repeat(200), correlationId: 'x' }))).toEqual([]);
    expect(wrong(build({ commandId: '' }))).toEqual(['commandId']);
    expect(wrong(build({ commandId: 'x'.repeat(201) }))).toEqual(['commandId']);
    expect(wrong(build({ commandId: undefined }))).toEqual(['commandId']);
    expect(wrong(build({ correlationId: 'x'.repeat(201) }))).toEqual(['correlationId']);
  });

  it.each(names.filter((name) => name !== 'openCase'))('%s: names its case and perhaps a revision', (name) => {
    const build = commands[name] as (over: object) => object;
    expect(wrong(build({ caseId: undefined }))).toEqual(['caseId']);
    expect(wrong(build({ caseId: partner.toUpperCase().replace('2', 'A') }))).toEqual(['caseId']);
    for (const revision of [null, 0, 2 ** 31 - 1]) expect(wrong(build({ expectedRevision: revision }))).toEqual([]);
    for (const revision of [-1, 0.5, 2 ** 31]) {
      expect(wrong(build({ expectedRevision: revision }))).toEqual(['expectedRevision']);
    }
  });

  it.each([
    ['a title of 300 characters', commands.openCase({ title: 'x'.repeat(300) }), []],
    ['a title of 301', commands.openCase({ title: 'x'.repeat(301) }), ['title']],
    ['no title', commands.openCase({ title: '' }), ['title']],
    ['an unknown kind', commands.openCase({ kind: 'RAID' as never }), ['kind']],
    ['a time that cannot be', commands.openCase({ occurredAt: '2025-02-30' }), ['occurredAt']],
    ['an id that is no UUID', commands.openCase({ caseId: 'mine' }), ['caseId']],
    ['an unknown resolution', commands.closeCase({ resolution: 'OPEN' as never }), ['resolution']],
    ['a reason of 20,000 characters', commands.reopenCase({ reason: 'x'.repeat(20_000) }), []],
    ['a reason of 20,001', commands.reopenCase({ reason: 'x'.repeat(20_001) }), ['reason']],
    ['an empty reason where none is needed', commands.amendCase({ reason: '' }), ['reason']],
    ['a role twice', commands.addParty({ partyRoles: ['PRESS', 'PRESS'] }), ['partyRoles']],
    ['an unknown role', commands.addParty({ partyRoles: ['HERO' as never] }), ['partyRoles']],
    ['an empty text', commands.addNote({ text: text('') }), ['text.text']],
    ['500 records that it is about', commands.addNote({ about: many(500) }), []],
    ['501', commands.addNote({ about: many(501) }), ['about']],
    ['one of them twice', commands.addNote({ about: [note, note] }), ['about']],
    ['a source that is no id', commands.observeSuspiciousActivity({ source: source('Acme') }), ['source.assertedBy']],
    [
      'a quantity that says nothing',
      commands.observeSuspiciousActivity({ quantities: [quantity({})] }),
      ['quantities.0.of'],
    ],
    ['a revision that is none', commands.confirmViolation({ reviewedRevision: -1 }), ['reviewedRevision']],
    ['no revision', commands.confirmViolation({ reviewedRevision: null as never }), ['reviewedRevision']],
    ['an unknown channel', commands.notifyPartner({ channel: 'PIGEON' as never }), ['channel']],
    ['grounds of no words', commands.allegeViolation({ grounds: '' }), ['grounds']],
    ['findings of no words', commands.confirmViolation({ findings: '' }), ['findings']],
  ])('%s', (_, command, expected) => expect(wrong(command)).toEqual(expected));
});
