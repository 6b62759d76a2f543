import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { activityObserved, closedCase, openCase } from '../../../../test/builders/case-events.js';
import { techniqueSuspected } from '../../../../test/builders/assessment-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { exhibitRecorded } from '../../../../test/builders/exhibit-events.js';
import {
  CASE,
  exhibit,
  note,
  observation,
  partner,
  provider,
  subject,
  technique,
  unknown,
} from '../../../../test/builders/ids.js';
import { quantity, source, text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { observeSuspiciousActivity, SuspiciousActivityObserved } from './observe-suspicious-activity.js';

const build = commands.observeSuspiciousActivity;

describe('observeSuspiciousActivity', () => {
  it('records an observation of which little is known', () => {
    given(caseAggregate, ...openCase)
      .when(observeSuspiciousActivity, build({ description: text('Data left.'), source: source(partner) }))
      .then(
        event(SuspiciousActivityObserved, {
          observationId: derivedId(`case-${CASE}`, 'c1'),
          description: text('Data left.'),
          source: source(partner),
          subjects: [],
          observedBy: [],
          occurredAt: 'NOT_STATED',
          observedAt: 'NOT_STATED',
          quantities: [],
        }),
      );
  });

  it('keeps times, quantities and the chain of relays as they were stated', () => {
    const facts = {
      observationId: observation,
      description: text('Data left.'),
      source: { ...source(partner, provider, subject), grade: 'B2' },
      subjects: [subject],
      observedBy: [partner, provider],
      occurredAt: '2024-09/2024-11',
      observedAt: '2024-23',
      quantities: [quantity({ of: 'REQUESTS', min: 1_000, approximate: true }), quantity({ asStated: 'a lot' })],
    };
    given(caseAggregate, ...openCase)
      .when(observeSuspiciousActivity, build(facts))
      .then(event(SuspiciousActivityObserved, facts as SuspiciousActivityObserved));
  });

  it('keeps by what way which product, model and endpoint were used, the techniques that shows, and what it rests on', () => {
    const facts = {
      ...{ accessChannel: 'API' as const, product: 'Completion API', model: 'large-2', endpoint: '/v1/completions' },
      ...{ techniques: [technique], exhibits: [exhibit] },
    };
    given(caseAggregate, ...openCase, techniqueSuspected(), exhibitRecorded())
      .when(observeSuspiciousActivity, build(facts))
      .then(activityObserved({ observationId: derivedId(`case-${CASE}`, 'c1'), ...facts }));
  });

  it('refuses a record of another kind where a technique or an exhibit belongs', () => {
    for (const id of [partner, unknown])
      for (const change of [{ techniques: [id] }, { exhibits: [id] }])
        given(caseAggregate, ...openCase)
          .when(observeSuspiciousActivity, build(change))
          .thenRefused('NOT_FOUND');
  });

  it.each([
    ['who says it', { source: source(unknown) }],
    ['a relay', { source: source(partner, provider, unknown) }],
    ['a subject', { subjects: [subject, unknown] }],
    ['an observer', { observedBy: [unknown] }],
  ])('refuses if %s is no party of this case', (_, change) => {
    given(caseAggregate, ...openCase)
      .when(observeSuspiciousActivity, build(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses a record of another kind where a party belongs', () => {
    given(caseAggregate, ...openCase, activityObserved())
      .when(observeSuspiciousActivity, build({ observationId: note, subjects: [observation] }))
      .thenRefused('NOT_FOUND');
  });

  it('refuses an id that is taken', () => {
    given(caseAggregate, ...openCase, activityObserved())
      .when(observeSuspiciousActivity, build.full())
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(observeSuspiciousActivity, build())
      .thenRefused('CASE_CLOSED');
  });
});
