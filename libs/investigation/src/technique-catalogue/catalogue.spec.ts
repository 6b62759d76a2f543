import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { fold, given } from '../../../../test/builders/decide.js';
import { BUILT_IN } from './built-in.js';
import { catalogueAggregate, findEntry } from './catalogue.js';
import { compareVersions, FRAMEWORK_ID, TACTIC_ID, TECHNIQUE_ID } from './framework.js';
import { LoadTechniques, loadTechniques } from './load-techniques.js';
import { TechniquesLoaded } from './techniques-loaded.js';

const extract = { framework: 'ATLAS', mitreId: 'AML.T0024.002' } as const;
const entry = (mitreId: string, label: string) => ({ mitreId, label });
const loaded = (frameworkVersion: string, ...entries: { mitreId: string; label: string }[]) =>
  event(TechniquesLoaded, { framework: 'ATLAS', frameworkVersion, entries });
const load = (frameworkVersion: string, ...entries: { mitreId: string; label: string }[]) =>
  Object.assign(new LoadTechniques(), { commandId: 'c1', framework: 'ATLAS', frameworkVersion, entries });

describe('loadTechniques', () => {
  it('makes entries known, and more of the same version later', () => {
    given(catalogueAggregate)
      .when(loadTechniques, load('5.7', entry('AML.T0040', 'API Access')))
      .then(loaded('5.7', entry('AML.T0040', 'API Access')));
    given(catalogueAggregate, loaded('5.7', entry('AML.T0040', 'API Access')))
      .when(loadTechniques, load('5.7', entry('AML.TA0010', 'Exfiltration')))
      .then(loaded('5.7', entry('AML.TA0010', 'Exfiltration')));
  });

  it('refuses what is known already, however its version is spelled', () => {
    given(catalogueAggregate, loaded('5.7', entry('AML.T0040', 'API Access'), entry('AML.M0002', 'Obfuscation')))
      .when(loadTechniques, load('5.7.0', entry('AML.T0040', 'API Access')))
      .thenRefused('NOTHING_CHANGED');
  });

  it.each(['T1078', 'AML.X0001', 'AML.T24', 'aml.t0024'])('refuses an id that is none of the framework: %s', (id) => {
    given(catalogueAggregate)
      .when(loadTechniques, load('5.7', entry(id, 'Other')))
      .thenRefused('NOT_OF_FRAMEWORK');
  });
});

describe('an id', () => {
  const state = fold(catalogueAggregate, [
    loaded('5.7', entry('AML.T0024.002', 'Extract Model')),
    loaded('5.5', entry('AML.T0024.002', 'Extract ML Model'), entry('AML.T0099', 'Gone')),
  ]);

  it('is found in the newest version that has it, loaded or built in', () => {
    expect(findEntry(extract, null, state)).toEqual({ frameworkVersion: '5.7', name: 'Extract Model' });
    expect(findEntry({ ...extract, mitreId: 'AML.T0099' }, null, state)).toEqual({
      frameworkVersion: '5.5',
      name: 'Gone',
    });
    expect(findEntry(extract, undefined)).toEqual({
      frameworkVersion: '5.6',
      name: 'Exfiltration via AI Inference API: Extract AI Model',
    });
  });

  it('is found in the version that is asked for, and in no other', () => {
    expect(findEntry(extract, '5.5', state)?.name).toBe('Extract ML Model');
    expect(findEntry(extract, '5.7.0', state)).toEqual({ frameworkVersion: '5.7.0', name: 'Extract Model' });
    expect(findEntry(extract, '5.8', state)).toBeUndefined();
    expect(findEntry({ ...extract, mitreId: 'AML.T9999' }, null, state)).toBeUndefined();
    expect(findEntry({ framework: 'ATTACK', mitreId: 'T1078' }, null)).toBeUndefined();
  });

  it('that is built in is one of its framework', () => {
    const ids = [...BUILT_IN.ATLAS.values()].flatMap((names) => [...names.keys()]);
    expect(ids.length).toBeGreaterThan(30);
    expect(ids.filter((id) => !FRAMEWORK_ID.ATLAS.test(id))).toEqual([]);
  });

  it.each([
    ['AML.T0024', true, false],
    ['AML.T0024.002', true, false],
    ['AML.TA0010', false, true],
    ['AML.M0002', false, false],
    ['T1078', false, false],
  ])('tells by its form what it is: %s', (id, isTechnique, isTactic) => {
    expect([TECHNIQUE_ID.ATLAS.test(id), TACTIC_ID.ATLAS.test(id)]).toEqual([isTechnique, isTactic]);
  });
});

it.each([
  ['5.6', '5.6.0', 0],
  ['5.10', '5.9', 1],
  ['5.6', '5.6.1', -1],
  ['17.1', '9', 1],
])('versions are compared by their numbers: %s and %s', (a, b, expected) => {
  expect(Math.sign(compareVersions(a, b))).toBe(expected);
  expect(Math.sign(compareVersions(b, a))).toBe(-expected || 0);
});
