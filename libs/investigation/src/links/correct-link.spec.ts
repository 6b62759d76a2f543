import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { recordsLinked } from '../../../../test/builders/question-events.js';
import { given } from '../../../../test/builders/decide.js';
import { link, partner, provider, subject, unknown } from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { LinkCorrected, correctLink } from './correct-link.js';

const linked = [...openCase, recordsLinked()];
const build = commands.correctLink;

describe('correctLink', () => {
  it('replaces what the link says, whole', () => {
    given(caseAggregate, ...linked)
      .when(correctLink, build.full())
      .then(
        event(LinkCorrected, {
          ...{ linkId: link, fromRecordId: partner, linkKind: 'CONTRADICTS', toRecordId: provider },
          ...{ assessedBy: subject, remark: text('In what was seen.'), reason: 'Read again.' },
        }),
      );
  });

  it('refuses what says exactly the same, and what another link says', () => {
    given(caseAggregate, ...linked)
      .when(correctLink, build({ linkKind: 'CORROBORATES' }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...linked, recordsLinked({ linkId: unknown, linkKind: 'CONTRADICTS' }))
      .when(correctLink, build())
      .thenRefused('ALREADY_LINKED');
  });

  it('refuses a retracted link, an unknown one, and a closed case', () => {
    given(caseAggregate, ...linked, recordRetracted(link, 'link'))
      .when(correctLink, build())
      .thenRefused('RECORD_RETRACTED');
    given(caseAggregate, ...linked)
      .when(correctLink, build({ linkId: unknown }))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...linked, caseClosed())
      .when(correctLink, build())
      .thenRefused('CASE_CLOSED');
  });
});
