import 'reflect-metadata';
import { type Actor } from '#event-sourcing/envelope.js';
import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { ann, asInvestigator, bob } from '../../../../test/builders/actors.js';
import { commands } from '../../../../test/builders/case-commands.js';
import {
  caseOpened,
  casesRelated,
  closedCase,
  openCase,
  recordRetracted,
} from '../../../../test/builders/case-events.js';
import { memberAdded, recordLimited } from '../../../../test/builders/access-events.js';
import { by, fold, given } from '../../../../test/builders/decide.js';
import { CASE, caseRelation, OTHER_CASE } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { CasesRelated, relateCases } from './relate-cases.js';

const inquirer = asInvestigator(ann);
/** The other case, in which this happened. */
const other = (...events: DecidedEvent[]) => ({ other: { revision: 0, state: fold(caseAggregate, events) } });
const opened = other(caseOpened());
const related = event(CasesRelated, {
  caseRelationId: caseRelation,
  otherCaseId: OTHER_CASE,
  caseRelationKind: 'PARENT',
  reason: 'The same accounts.',
});

const relating = (needed: ReturnType<typeof other>, actor: Actor = inquirer, over = {}, ...events: DecidedEvent[]) =>
  given(caseAggregate, ...openCase, ...events).when(relateCases, commands.relateCases.full(over), { needed, actor });

describe('relateCases', () => {
  it('records what the other case is to this one', () => {
    relating(opened).then(related);
  });

  it('asks for the other case, unless this one is closed', () => {
    const ask = (...events: DecidedEvent[]) =>
      relateCases.needs!(commands.relateCases(), {} as never, fold(caseAggregate, events));
    expect(ask(...openCase)).toEqual({ other: { kind: 'state', aggregate: caseAggregate, subjectId: OTHER_CASE } });
    expect(() => ask(...closedCase)).toThrow('The case is closed');
  });

  it('answers in the same words where there is no such case and where one need not know of it', () => {
    const restricted = other(by(bob, caseOpened({ restricted: true })));
    const messages = [other(), restricted].map((needed) => relating(needed).thenRefused('NOT_FOUND').message);
    expect(new Set(messages)).toEqual(new Set([`There is no case ${OTHER_CASE}.`]));
  });

  it('lets whoever may see the other case by its membership', () => {
    const restricted = caseOpened({ restricted: true });
    const both = [restricted, memberAdded('ann')];
    given(caseAggregate, by(ann, restricted))
      .when(relateCases, commands.relateCases.full(), { needed: other(...both), actor: inquirer })
      .then(related);
    relating(other(...both)).thenRefused('RELATE_FROM_RESTRICTED');
  });

  it('refuses the case itself', () => {
    relating(opened, inquirer, { otherCaseId: CASE }).thenRefused('SAME_CASE');
  });

  const again = { caseRelationId: null };
  it.each<[what: string, own: DecidedEvent[], others: DecidedEvent[]]>([
    ['this case', [casesRelated()], []],
    ['this case, turned round', [casesRelated({ caseRelationKind: 'CHILD' })], []],
    ['the other case', [], [casesRelated({ otherCaseId: CASE, caseRelationKind: 'CHILD' })]],
    ['the other case, turned round', [], [casesRelated({ otherCaseId: CASE })]],
  ])('refuses what %s says already', (_what, own, others) => {
    relating(other(caseOpened(), ...others), inquirer, again, ...own).thenRefused('ALREADY_RELATED');
  });

  it.each<[what: string, own: DecidedEvent[], others: DecidedEvent[]]>([
    ['another kind', [casesRelated({ caseRelationKind: 'RELATED' })], []],
    ['one that was retracted', [casesRelated(), recordRetracted(caseRelation, 'caseRelation')], []],
    [
      'one that its recorder may not see',
      [],
      [casesRelated({ otherCaseId: CASE }), recordLimited(caseRelation, 'bob')],
    ],
  ])('takes a relation beside %s', (_what, own, others) => {
    const made = { ...commands.relateCases(), caseRelationId: '00000020-0000-4000-8000-000000000009' };
    relating(other(caseOpened(), ...others), inquirer, { ...made, reason: null }, ...own).then(
      casesRelated({ caseRelationId: made.caseRelationId }),
    );
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(relateCases, commands.relateCases(), { needed: opened, actor: inquirer })
      .thenRefused('CASE_CLOSED');
  });
});
