import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseClosed, closedCase, openCase, recordRetracted } from '../../../../test/builders/case-events.js';
import { techniqueEstablished, techniqueSuspected } from '../../../../test/builders/assessment-events.js';
import { derivedId, fold, given } from '../../../../test/builders/decide.js';
import { CASE, partner, technique, unknown } from '../../../../test/builders/ids.js';
import { caseAggregate } from '../case-aggregate.js';
import { AssessmentRevised } from '../assessments/revise-assessment.js';
import { catalogueAggregate } from '../technique-catalogue/catalogue.js';
import { TechniquesLoaded } from '../technique-catalogue/techniques-loaded.js';
import { correctTechnique, TechniqueCorrected } from './correct-technique.js';
import { doubtTechnique, TechniqueDoubted } from './doubt-technique.js';
import { establishTechnique, TechniqueEstablished } from './establish-technique.js';
import { suspectTechnique, TechniqueSuspected } from './suspect-technique.js';
import { catalogueNeed } from './technique-fields.js';

const unstated = { assessedVia: [], dissent: [], assessedAt: 'NOT_STATED' };
const named = { framework: 'ATLAS' as const, mitreId: 'AML.T0024.002', frameworkVersion: '5.6' };
const techniqueName = 'Exfiltration via AI Inference API: Extract AI Model';
const suspected = [...openCase, techniqueSuspected()];
const catalogue = {
  revision: 3,
  state: fold(catalogueAggregate, [
    event(TechniquesLoaded, {
      framework: 'ATLAS',
      frameworkVersion: '5.7',
      entries: [{ mitreId: 'AML.T0024.002', label: 'Extract Model' }],
    }),
  ]),
};

describe('suspectTechnique', () => {
  const build = commands.suspectTechnique;
  const expected = (over: Partial<TechniqueSuspected>) =>
    event(TechniqueSuspected, {
      ...{ techniqueId: derivedId(`case-${CASE}`, 'c1'), ...named, techniqueName, subjects: [], about: [] },
      ...{ ...unstated, ...over },
    });

  it('names what is built in by its id alone', () => {
    given(caseAggregate, ...openCase)
      .when(suspectTechnique, build())
      .then(expected({}));
  });

  it('takes the newest version that is known, and keeps how much was', () => {
    given(caseAggregate, ...openCase)
      .when(suspectTechnique, build(), { needed: { catalogue } })
      .then(expected({ frameworkVersion: '5.7', techniqueName: 'Extract Model', catalogueRevision: 3 }));
  });

  it('takes the version that is given, and its name', () => {
    given(caseAggregate, ...openCase)
      .when(suspectTechnique, build({ frameworkVersion: '5.6', techniqueName: 'Another name' }))
      .then(expected({}));
  });

  it('takes an id that is not known with its version, and the name that is given', () => {
    const strange = { mitreId: 'AML.T9999', frameworkVersion: '6.0' };
    given(caseAggregate, ...openCase)
      .when(suspectTechnique, build(strange), { needed: { catalogue } })
      .then(expected({ ...strange, techniqueName: undefined, catalogueRevision: 3 }));
    given(caseAggregate, ...openCase)
      .when(suspectTechnique, build({ ...strange, techniqueName: 'Strange' }))
      .then(expected({ ...strange, techniqueName: 'Strange' }));
  });

  it.each([
    ['an id that is not known', { mitreId: 'AML.T9999' }],
    ['an id of a framework of which nothing is', { framework: 'ATTACK' as const, mitreId: 'T1078' }],
  ])('refuses %s, without its version', (_, change) => {
    given(caseAggregate, ...openCase)
      .when(suspectTechnique, build(change), { needed: { catalogue: { revision: -1 } } })
      .thenRefused('UNKNOWN_TECHNIQUE');
  });

  it('asks for what was loaded only where what is built in does not tell', () => {
    expect(catalogueNeed(build({ frameworkVersion: '5.6' }))).toEqual({});
    for (const change of [{}, { frameworkVersion: '5.7' }, { mitreId: 'AML.T9999', frameworkVersion: '5.6' }])
      expect(catalogueNeed(build(change)).catalogue).toMatchObject({ kind: 'state', subjectId: 'atlas' });
  });

  it.each([
    ['a subject', { subjects: [unknown] }],
    ['what it is about', { about: [unknown] }],
    ['whose assessment it is', { assessedBy: unknown }],
  ])('refuses if %s is not in this case', (_, change) => {
    given(caseAggregate, ...openCase)
      .when(suspectTechnique, build(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...closedCase)
      .when(suspectTechnique, build())
      .thenRefused('CASE_CLOSED');
  });

  it.each([
    ['a tactic for a technique', { mitreId: 'AML.TA0010' }, false],
    ['an id of the other framework', { mitreId: 'T1078' }, false],
    ['an id of ATT&CK', { framework: 'ATTACK', mitreId: 'T1078.001' }, true],
    ['a technique for a tactic', { tacticId: 'AML.T0024' }, false],
    ['a tactic', { tacticId: 'AML.TA0010' }, true],
    ['a version in words', { frameworkVersion: 'newest' }, false],
  ] as const)('takes or leaves %s', (_, change, valid) => {
    expect(validateSync(build(change as object), { forbidUnknownValues: false }).length === 0).toBe(valid);
  });
});

describe('correctTechnique', () => {
  const build = commands.correctTechnique;
  const corrected = event(TechniqueCorrected, {
    ...{ techniqueId: technique, ...named, mitreId: 'AML.T0040', techniqueName: 'AI Model Inference API Access' },
    ...{ subjects: [], about: [], ...unstated, reason: 'Misread.' },
  });

  it('replaces it whole, and leaves it established', () => {
    const established = [...suspected, techniqueEstablished()];
    given(caseAggregate, ...established)
      .when(correctTechnique, build())
      .then(corrected);
    expect(fold(caseAggregate, [...established, corrected]).techniques.get(technique)!.established).toBe(true);
  });

  it('keeps the version of the same technique, whatever was loaded meanwhile, unless another is named', () => {
    const subject = { mitreId: 'AML.T0024.002', subjects: [partner] };
    const expected = (over: object) =>
      event(TechniqueCorrected, {
        ...{ techniqueId: technique, ...named, techniqueName, catalogueRevision: 3, subjects: [partner], about: [] },
        ...{ ...unstated, reason: 'Misread.', ...over },
      });
    given(caseAggregate, ...suspected)
      .when(correctTechnique, build(subject), { needed: { catalogue } })
      .then(expected({}));
    given(caseAggregate, ...suspected)
      .when(correctTechnique, build({ ...subject, frameworkVersion: '5.7' }), { needed: { catalogue } })
      .then(expected({ frameworkVersion: '5.7', techniqueName: 'Extract Model' }));
    given(caseAggregate, ...suspected)
      .when(correctTechnique, build({ mitreId: 'AML.T0024.002' }), { needed: { catalogue } })
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses what says exactly the same, whatever was loaded meanwhile', () => {
    const same = { mitreId: 'AML.T0024.002', frameworkVersion: '5.6' };
    given(caseAggregate, ...suspected)
      .when(correctTechnique, build(same))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...openCase, techniqueSuspected({ catalogueRevision: 1 }))
      .when(correctTechnique, build(same), { needed: { catalogue } })
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...suspected, corrected)
      .when(correctTechnique, build())
      .thenRefused('NOTHING_CHANGED');
  });

  it.each([
    ['an unknown technique', { techniqueId: unknown }, 'NOT_FOUND'],
    ['the id of a record of another kind', { techniqueId: partner }, 'NOT_FOUND'],
    ['an unknown party', { subjects: [unknown] }, 'NOT_FOUND'],
    ['an id that is not known', { mitreId: 'AML.T9999' }, 'UNKNOWN_TECHNIQUE'],
  ])('refuses %s', (_, change, code) => {
    given(caseAggregate, ...suspected)
      .when(correctTechnique, build(change))
      .thenRefused(code);
  });
});

describe('establishTechnique and doubtTechnique', () => {
  const established = [...suspected, techniqueEstablished({ likelihood: 'VERY_LIKELY' })];

  it('establish what is suspected, and doubt what is established, with the whole view', () => {
    given(caseAggregate, ...suspected)
      .when(establishTechnique, commands.establishTechnique({ likelihood: 'ALMOST_CERTAIN' }))
      .then(event(TechniqueEstablished, { techniqueId: technique, likelihood: 'ALMOST_CERTAIN', ...unstated }));
    const doubted = event(TechniqueDoubted, {
      ...{ techniqueId: technique, reason: 'The prompts were of a test.', ...unstated },
    });
    given(caseAggregate, ...established)
      .when(doubtTechnique, commands.doubtTechnique())
      .then(doubted);
    given(caseAggregate, ...established, doubted)
      .when(establishTechnique, commands.establishTechnique())
      .then(event(TechniqueEstablished, { techniqueId: technique, ...unstated }));
  });

  it('refuse what stands there already', () => {
    given(caseAggregate, ...established)
      .when(establishTechnique, commands.establishTechnique())
      .thenRefused('ALREADY_ESTABLISHED');
    given(caseAggregate, ...suspected)
      .when(doubtTechnique, commands.doubtTechnique())
      .thenRefused('NOT_ESTABLISHED');
  });

  it('leave a revised view as it was revised, until the next', () => {
    const revised = event(AssessmentRevised, {
      ...{ recordId: technique, recordKind: 'technique', likelihood: 'UNLIKELY', ...unstated },
    });
    const state = fold(caseAggregate, [...established, revised]).techniques.get(technique)!;
    expect(state).toMatchObject({ established: true, facts: { likelihood: 'UNLIKELY', mitreId: 'AML.T0024.002' } });
  });

  it.each([
    ['an unknown technique', { techniqueId: unknown }],
    ['the id of a record of another kind', { techniqueId: partner }],
    ['an unknown party', { assessedBy: unknown }],
  ])('refuse %s', (_, change) => {
    given(caseAggregate, ...suspected)
      .when(establishTechnique, commands.establishTechnique(change))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...established)
      .when(doubtTechnique, commands.doubtTechnique(change))
      .thenRefused('NOT_FOUND');
  });

  it.each([
    ['a retracted technique', recordRetracted(technique, 'technique'), 'RECORD_RETRACTED'],
    ['a closed case', caseClosed(), 'CASE_CLOSED'],
  ])('leave %s alone', (_, last, code) => {
    given(caseAggregate, ...suspected, last)
      .when(establishTechnique, commands.establishTechnique())
      .thenRefused(code);
    given(caseAggregate, ...established, last)
      .when(doubtTechnique, commands.doubtTechnique())
      .thenRefused(code);
    given(caseAggregate, ...suspected, last)
      .when(correctTechnique, commands.correctTechnique())
      .thenRefused(code);
  });
});
