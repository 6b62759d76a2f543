import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { closedCase, openCase } from '../../../../test/builders/case-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, partner, provider, report, statement, subject, unknown } from '../../../../test/builders/ids.js';
import { reportRecorded, statementRecorded } from '../../../../test/builders/statement-events.js';
import { source, text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { recordStatement, StatementRecorded } from './record-statement.js';

const build = commands.recordStatement;
const reported = [...openCase, reportRecorded()];

describe('recordStatement', () => {
  it('records what was said when no more is known of it', () => {
    given(caseAggregate, ...openCase)
      .when(recordStatement, build())
      .then(statementRecorded({ statementId: derivedId(`case-${CASE}`, 'c1') }));
  });

  it('keeps all that was given: the speaker, whom it is said for, the words, and what they claim', () => {
    const { commandId, caseId, statementId, ...facts } = build.full();
    given(caseAggregate, ...reported)
      .when(recordStatement, build.full())
      .then(event(StatementRecorded, { statementId, ...facts } as StatementRecorded));
  });

  it('takes an answer to another statement, and one that is relayed twice', () => {
    const answer = { inResponseTo: statement, source: source(subject, provider, partner) };
    given(caseAggregate, ...reported, statementRecorded())
      .when(recordStatement, build(answer))
      .then(statementRecorded({ statementId: derivedId(`case-${CASE}`, 'c1'), ...answer }));
  });

  const claim = { text: text('So.'), modality: 'ASSERTED' as const, about: [unknown] };
  const known = { text: text('So.'), awarenessKind: 'KNEW' as const, knowerId: provider, since: '2024', about: [] };
  it.each([
    ['an unknown speaker', { source: source(unknown) }],
    ['an unknown relay', { source: source(partner, unknown) }],
    ['a report as the speaker', { source: source(report) }],
    ['an unknown affiliation', { affiliationId: unknown }],
    ['a response to what is not recorded', { inResponseTo: unknown }],
    ['an unknown report', { reportedIn: [unknown] }],
    ['a party as the report', { reportedIn: [partner] }],
    ['an unknown record that it is about', { about: [unknown] }],
    ['an unknown record that a claim is about', { claims: [claim] }],
    ['somebody unknown who knew', { awareness: [{ ...known, knowerId: unknown }] }],
    ['an unknown record that was known of', { awareness: [{ ...known, about: [unknown] }] }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...reported)
      .when(recordStatement, build(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses more knowledge than read models take of one event: a row for each party and record', () => {
    const awareness = (records: number) =>
      Array.from({ length: 50 }, () => ({ ...known, about: Array.from({ length: records }, () => partner) }));
    const recorded = (records: number) =>
      given(caseAggregate, ...reported).when(recordStatement, build({ awareness: awareness(records) }));
    recorded(21).thenRefused('LIMIT_EXCEEDED');
    recorded(20).then(statementRecorded({ statementId: derivedId(`case-${CASE}`, 'c1'), awareness: awareness(20) }));
  });

  it('refuses an id that is taken', () => {
    given(caseAggregate, ...reported)
      .when(recordStatement, build({ statementId: report }))
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(recordStatement, build())
      .thenRefused('CASE_CLOSED');
  });
});
