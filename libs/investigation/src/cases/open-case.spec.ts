import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { ALL_RIGHTS } from '#access/cases/case-access.js';
import { event } from '#event-sourcing/event.js';
import { ann } from '../../../../test/builders/actors.js';
import { caseOpened } from '../../../../test/builders/case-events.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { decideOn, fold, given, LOG_ID, NOW } from '../../../../test/builders/decide.js';
import { CASE } from '../../../../test/builders/ids.js';
import { termsCommands } from '../../../../test/builders/terms.js';
import { grantee, translated } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { Provision } from '../values/provision.js';
import { Quantity } from '../values/quantity.js';
import { Text, Translation } from '../values/text.js';
import { CaseNumberReserved, CaseOpened, openCase } from './open-case.js';

const reserved = (revision: number) => ({ needed: { number: { revision } } });

describe('what cases and parties are called', () => {
  it.each([' ', '\t\n', '\u200b', '\u3164'])('is not %j, of which nothing is shown', (name) => {
    const faults = (command: object) =>
      validateSync(command).map(({ property, constraints }) => [property, constraints]);
    const isShown = 'it must hold something that is shown, not blanks alone';
    expect(faults(commands.openCase({ title: name }))).toEqual([['title', { isShown }]]);
    expect(faults(commands.amendCase({ title: name }))).toEqual([['title', { isShown }]]);
    expect(faults(commands.addParty({ name }))).toEqual([['name', { isShown }]]);
    expect(faults(commands.openCase({ commandId: name }))).toEqual([['commandId', { isShown }]]);
    expect(faults(commands.openCase({ title: ` a${name}` }))).toEqual([]);
  });
});

describe('what is written in a case', () => {
  it.each([' ', '\n\n', '\u200b'])('is not %j, of which nothing is shown', (text) => {
    const faults = (command: object) => validateSync(command).map(({ property }) => property);
    const said = (words: string) => Object.assign(new Text(), { text: words });
    const translation = Object.assign(new Translation(), { text, language: 'de' });
    expect(faults(said(text))).toEqual(['text']);
    expect(faults(translation)).toEqual(['text']);
    expect(faults(commands.closeCase.full({ reason: text }))).toEqual(['reason']);
    expect(faults(commands.reopenCase({ reason: text }))).toEqual(['reason']);
    expect(faults(said(`${text}.`))).toEqual([]);
    expect(faults(commands.openCase({ correlationId: text }))).toEqual(['correlationId']);
    expect(faults(Object.assign(new Quantity(), { of: 'TOKENS', asStated: text }))).toEqual(['asStated']);
    expect(faults(Object.assign(new Provision(), { document: text, clause: text }))).toEqual(['document', 'clause']);
    expect(faults(termsCommands.recordTerms({ products: ['API', text] }))).toEqual(['products']);
  });
});

describe('openCase', () => {
  it('opens a case under the number that was reserved', () => {
    given(caseAggregate)
      .when(openCase, commands.openCase(), reserved(0))
      .then(
        event(CaseOpened, {
          number: 'CASE-2025-0001',
          title: 'Data pulled out of the API',
          kind: 'SUSPICIOUS_ACTIVITY',
          occurredAt: 'NOT_STATED',
        }),
      );
  });

  it('keeps all that was given, but not the id of the case: that is in the name of its stream', () => {
    const command = commands.openCase.full({ occurredAt: '2024-23', restricted: false });
    given(caseAggregate)
      .when(openCase, command, reserved(41))
      .then(
        event(CaseOpened, {
          number: 'CASE-2025-0042',
          title: command.title,
          kind: command.kind,
          description: translated(),
          occurredAt: '2024-23',
          members: [{ grantee: grantee('rosa'), rights: ['READ', 'CONTRIBUTE'] }],
          severity: 'MEDIUM',
          priority: 'LOW',
          tags: ['API', 'Élan'],
        }),
      );
  });

  it('gives a restricted case a number out of the randomness that the server adds, and reserves none', () => {
    const { title, kind, occurredAt } = commands.openCase();
    const command = commands.openCase({ restricted: true, members: [{ grantee: grantee('rosa'), rights: ['CLOSE'] }] });
    const members = [{ grantee: grantee('rosa'), rights: ['READ' as const, 'CLOSE' as const] }];
    given(caseAggregate)
      .when(openCase, command, { given: { random: '00000000000000ff' } })
      .then(event(CaseOpened, { number: 'CASE-2025-CMAAAA', title, kind, occurredAt, restricted: true, members }));
    const context = { actor: ann, now: NOW, logId: LOG_ID, subjectId: CASE, given: {}, newId: () => CASE };
    expect(openCase.needs!(command, context, fold(caseAggregate, []))).toEqual({});
    const numbers = Array.from({ length: 200 }, () => {
      const [{ payload }] = decideOn(caseAggregate, caseAggregate.initial(), openCase, command, {
        given: openCase.gives!(),
      });
      return payload.number as string;
    });
    for (const number of numbers) expect(number).toMatch(/^CASE-2025-[A-HJ-NP-TV-Z][A-HJ-NP-TV-Z2-9]{5}$/);
    expect(new Set(numbers).size).toBe(200);
  });

  it('makes whoever opens it a member with all rights, and those it names', () => {
    const opened = fold(caseAggregate, [
      caseOpened({ restricted: true, members: [{ grantee: grantee('legal', 'GROUP'), rights: ['READ'] }] }),
    ]);
    expect(opened.access).toEqual({
      restricted: true,
      members: new Map([
        ['GROUP/legal', new Set(['READ'])],
        ['PERSON/ann', new Set(ALL_RIGHTS)],
      ]),
      shares: new Map([
        ['GROUP/legal', { since: 0, at: NOW, withHistory: false }],
        ['PERSON/ann', { since: 0, at: NOW, withHistory: false }],
      ]),
      walls: new Map(),
      marks: new Map(),
    });
    // As logs hold it from before cases could be restricted.
    expect(fold(caseAggregate, [caseOpened()]).access).toMatchObject({ restricted: false });
  });

  it.each([
    ['2025-12-31T23:59:59.999Z', 0, 'CASE-2025-0001'],
    ['2026-01-01T00:00:00.000Z', 0, 'CASE-2026-0001'],
    ['2025-06-01T00:00:00.000Z', 9_998, 'CASE-2025-9999'],
    ['2025-06-01T00:00:00.000Z', 9_999, 'CASE-2025-10000'],
  ])('recorded at %s, place %i: %s', (now, revision, number) => {
    const { title, kind, occurredAt } = commands.openCase();
    given(caseAggregate)
      .when(openCase, commands.openCase(), { now, ...reserved(revision) })
      .then(event(CaseOpened, { number, title, kind, occurredAt }));
  });

  it('needs a place among the numbers of the year of recording', () => {
    const context = { actor: ann, now: NOW, logId: LOG_ID, subjectId: CASE, given: {}, newId: () => CASE };
    const { number, ...others } = openCase.needs!(commands.openCase(), context, fold(caseAggregate, []));
    expect(others).toEqual({});
    if (number.kind !== 'reservation') throw new Error('A number is reserved.');
    expect(number.stream).toBe('numbering-2025');
    expect(number.event(12)).toEqual(event(CaseNumberReserved, { year: 2025, number: 'CASE-2025-0013' }));
  });

  it('is on the case of the id given, else on one that the command derives', () => {
    expect(caseAggregate.subjectOf(commands.openCase({ caseId: CASE }))).toBe(CASE);
    expect(caseAggregate.subjectOf(commands.openCase({ caseId: null }))).toBeUndefined();
    expect(openCase.creates).toBe(true);
  });
});
