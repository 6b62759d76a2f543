import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { attributionAssessed, rivalAssessed } from '../../../../test/builders/assessment-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import {
  attribution,
  CASE,
  partner,
  provider,
  rivalAttribution,
  subject,
  unknown,
} from '../../../../test/builders/ids.js';
import { text } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { assessAttribution, AttributionAssessed } from './assess-attribution.js';
import { AttributionCorrected, correctAttribution } from './correct-attribution.js';

const build = commands.assessAttribution;
const unstated = { competesWith: [], assessedVia: [], dissent: [], assessedAt: 'NOT_STATED' };
const linked = { subjectId: subject, attributionKind: 'LINKED_TO' as const, toPartyId: partner };
const rivals = [...openCase, rivalAssessed()];

describe('assessAttribution', () => {
  it('records what is held of a subject, with nothing stated beside it', () => {
    given(caseAggregate, ...openCase)
      .when(assessAttribution, build())
      .then(event(AttributionAssessed, { attributionId: derivedId(`case-${CASE}`, 'c1'), ...linked, ...unstated }));
  });

  it('keeps everything, with what it competes with', () => {
    const { commandId, caseId, ...facts } = build.full();
    given(caseAggregate, ...rivals)
      .when(assessAttribution, build.full())
      .then(event(AttributionAssessed, { ...facts, attributionId: attribution } as AttributionAssessed));
  });

  it.each([
    ['the subject', { subjectId: unknown }],
    ['to whom', { toPartyId: unknown }],
    ['what it competes with', { competesWith: [unknown] }],
    ['whose it is', { assessedBy: unknown }],
  ])('refuses if %s is not in this case', (_, change) => {
    given(caseAggregate, ...rivals)
      .when(assessAttribution, build(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses what a party does attributed to itself', () => {
    given(caseAggregate, ...openCase)
      .when(assessAttribution, build({ toPartyId: subject }))
      .thenRefused('SAME_PARTY');
  });

  it('refuses to compete with what is held of another subject', () => {
    given(caseAggregate, ...openCase, rivalAssessed({ subjectId: provider, toPartyId: partner }))
      .when(assessAttribution, build({ competesWith: [rivalAttribution] }))
      .thenRefused('NOT_COMPETING');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...openCase, caseClosed())
      .when(assessAttribution, build())
      .thenRefused('CASE_CLOSED');
  });

  it.each([
    ['ACTS_FOR without a party', { attributionKind: 'ACTS_FOR', toPartyId: null }, false],
    ['LINKED_TO without a party', { attributionKind: 'LINKED_TO', toPartyId: null }, false],
    ['ACTS_FOR_ITSELF with a party', { attributionKind: 'ACTS_FOR_ITSELF' }, false],
    ['ACTS_FOR_ITSELF without one', { attributionKind: 'ACTS_FOR_ITSELF', toPartyId: null }, true],
    ['OTHER without words', { attributionKind: 'OTHER' }, false],
    ['OTHER in words', { attributionKind: 'OTHER', description: text('A test that ran away.') }, true],
    ['relays of nobody', { assessedVia: [partner] }, false],
    ['relays of a party', { assessedBy: provider, assessedVia: [partner] }, true],
  ] as const)('takes or leaves %s', (_, change, valid) => {
    expect(validateSync(build(change as object), { forbidUnknownValues: false }).length === 0).toBe(valid);
  });
});

describe('correctAttribution', () => {
  const recorded = [...rivals, attributionAssessed({ likelihood: 'LIKELY', competesWith: [rivalAttribution] })];
  const corrected = event(AttributionCorrected, {
    ...{ attributionId: attribution, ...linked, attributionKind: 'ACTS_FOR', reason: 'Misread.' },
    ...unstated,
  });
  const correct = commands.correctAttribution;

  it('replaces the attribution whole: what is omitted is no longer stated', () => {
    given(caseAggregate, ...recorded)
      .when(correctAttribution, correct())
      .then(corrected);
  });

  it('refuses what says exactly the same as was recorded or corrected last', () => {
    const same = { attributionKind: 'LINKED_TO' as const, likelihood: 'LIKELY' as const };
    given(caseAggregate, ...recorded)
      .when(correctAttribution, correct({ ...same, competesWith: [rivalAttribution] }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...recorded, corrected)
      .when(correctAttribution, correct())
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses to compete with itself', () => {
    given(caseAggregate, ...recorded)
      .when(correctAttribution, correct({ competesWith: [attribution] }))
      .thenRefused('NOT_COMPETING');
  });

  it('refuses a retracted one', () => {
    given(caseAggregate, ...recorded, recordRetracted(attribution, 'attribution'))
      .when(correctAttribution, correct())
      .thenRefused('RECORD_RETRACTED');
  });

  it.each([
    ['an unknown attribution', { attributionId: unknown }],
    ['the id of a record of another kind', { attributionId: partner }],
    ['an unknown subject', { subjectId: unknown }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...recorded)
      .when(correctAttribution, correct(change))
      .thenRefused('NOT_FOUND');
  });

  it('is not corrected to another subject while others compete with it', () => {
    const competing = [...rivals, attributionAssessed({ competesWith: [rivalAttribution] })];
    const elsewhere = commands.correctAttribution({
      attributionId: rivalAttribution,
      subjectId: provider,
      competesWith: [],
    });
    given(caseAggregate, ...competing)
      .when(correctAttribution, elsewhere)
      .thenRefused('NOT_COMPETING');
  });

  it('refuses what a party does attributed to itself', () => {
    given(caseAggregate, ...recorded)
      .when(correctAttribution, correct({ toPartyId: subject }))
      .thenRefused('SAME_PARTY');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...recorded, caseClosed())
      .when(correctAttribution, correct())
      .thenRefused('CASE_CLOSED');
  });
});
