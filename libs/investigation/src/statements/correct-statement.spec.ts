import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { exhibit, note, partner, statement, unknown } from '../../../../test/builders/ids.js';
import { reportRecorded, statementRecorded } from '../../../../test/builders/statement-events.js';
import { source, text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { correctStatement, StatementCorrected } from './correct-statement.js';

const build = commands.correctStatement;
const said = [...openCase, reportRecorded(), statementRecorded({ inResponseTo: partner })];
const corrected = (over: Partial<StatementCorrected> = {}) => {
  const { payload } = statementRecorded({ text: text('We knew of it.') });
  return event(StatementCorrected, { ...(payload as unknown as StatementCorrected), reason: 'Misheard.', ...over });
};

describe('correctStatement', () => {
  it('replaces the statement whole: what is omitted is no longer stated', () => {
    given(caseAggregate, ...said)
      .when(correctStatement, build())
      .then(corrected());
  });

  it('keeps all that was given', () => {
    const { commandId, caseId, ...facts } = build.full();
    given(caseAggregate, ...said)
      .when(correctStatement, build.full())
      .then(event(StatementCorrected, facts as StatementCorrected));
  });

  it('refuses what says exactly the same, and tells apart from what was corrected last', () => {
    given(caseAggregate, ...said)
      .when(correctStatement, build({ text: text('We know of it.'), inResponseTo: partner }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...said, corrected())
      .when(correctStatement, build())
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses a response to itself, and to what responds to it', () => {
    const answer = statementRecorded({ statementId: note, inResponseTo: statement });
    for (const inResponseTo of [statement, note]) {
      given(caseAggregate, ...said, answer)
        .when(correctStatement, build({ inResponseTo }))
        .thenRefused('RESPONDS_TO_ITSELF');
    }
  });

  it('comes to an end where a circle stands, which was closed by somebody who may not see what lies in between', () => {
    const circle = [
      statementRecorded({ statementId: note, inResponseTo: exhibit }),
      statementRecorded({ statementId: exhibit, inResponseTo: note }),
    ];
    given(caseAggregate, ...said, ...circle)
      .when(correctStatement, build({ text: text('Otherwise.'), inResponseTo: note }))
      .then(corrected({ text: text('Otherwise.'), inResponseTo: note }));
  });

  it('refuses a retracted statement', () => {
    given(caseAggregate, ...said, recordRetracted(statement, 'statement'))
      .when(correctStatement, build())
      .thenRefused('RECORD_RETRACTED');
  });

  it.each([
    ['an unknown statement', { statementId: unknown }],
    ['the id of a record of another kind', { statementId: partner }],
    ['an unknown speaker', { source: source(unknown) }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...said)
      .when(correctStatement, build(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...said, caseClosed())
      .when(correctStatement, build())
      .thenRefused('CASE_CLOSED');
  });
});
