import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseOpened, caseTagged, closedCase, openCase } from '../../../../test/builders/case-events.js';
import { given } from '../../../../test/builders/decide.js';
import { caseAggregate } from '../case-aggregate.js';
import { CaseRated, rateCase } from './rate-case.js';
import { CaseTagged, tagCase } from './tag-case.js';
import { CaseUntagged, untagCase } from './untag-case.js';

const many = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, n) => `tag ${from + n}`);

describe('rateCase', () => {
  it('records what is given, and nothing of what stays', () => {
    given(caseAggregate, ...openCase)
      .when(rateCase, commands.rateCase())
      .then(event(CaseRated, { severity: 'HIGH' }));
    given(caseAggregate, ...openCase)
      .when(rateCase, commands.rateCase.full())
      .then(event(CaseRated, { severity: 'HIGH', priority: 'CRITICAL', reason: 'It goes on.' }));
  });

  it('refuses what stands already, by its opening or since', () => {
    const opened = caseOpened({ severity: 'HIGH' });
    given(caseAggregate, opened).when(rateCase, commands.rateCase()).thenRefused('NOTHING_CHANGED');
    given(caseAggregate, opened, event(CaseRated, { severity: 'LOW' }))
      .when(rateCase, commands.rateCase({ severity: 'LOW' }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, opened)
      .when(rateCase, commands.rateCase({ severity: null, reason: 'Only that.' }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(rateCase, commands.rateCase())
      .thenRefused('CASE_CLOSED');
  });
});

describe('tagCase', () => {
  it('adds those that the case has not; case and accents do not count', () => {
    given(caseAggregate, caseOpened({ tags: ['Élan'] }), caseTagged('API'))
      .when(tagCase, commands.tagCase({ tags: ['elan', 'api', 'Press'] }))
      .then(event(CaseTagged, { tags: ['Press'] }));
  });

  it('refuses those that it has already', () => {
    given(caseAggregate, ...openCase, caseTagged('API', 'Élan'))
      .when(tagCase, commands.tagCase({ tags: ['Elan', 'api'] }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses more than a case can have', () => {
    given(caseAggregate, ...openCase, caseTagged(...many(0, 99)))
      .when(tagCase, commands.tagCase({ tags: many(99, 100) }))
      .then(event(CaseTagged, { tags: ['tag 99'] }));
    given(caseAggregate, ...openCase, caseTagged(...many(0, 99)))
      .when(tagCase, commands.tagCase({ tags: many(98, 101) }))
      .thenRefused('LIMIT_EXCEEDED');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(tagCase, commands.tagCase())
      .thenRefused('CASE_CLOSED');
  });
});

describe('untagCase', () => {
  it('names the tags as they were written; those that the case has not do not count', () => {
    given(caseAggregate, ...openCase, caseTagged('Élan', 'API'))
      .when(untagCase, commands.untagCase({ tags: ['elan', 'press'] }))
      .then(event(CaseUntagged, { tags: ['Élan'] }));
  });

  it('refuses tags that the case has not, or has no longer', () => {
    given(caseAggregate, ...openCase, caseTagged('API'), event(CaseUntagged, { tags: ['API'] }))
      .when(untagCase, commands.untagCase({ tags: ['api'] }))
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(untagCase, commands.untagCase())
      .thenRefused('CASE_CLOSED');
  });
});
