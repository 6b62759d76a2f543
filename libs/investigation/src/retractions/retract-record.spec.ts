import 'reflect-metadata';
import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { type CommandName, commands } from '../../../../test/builders/case-commands.js';
import {
  activityObserved,
  caseClosed,
  noteAdded,
  noteRetracted,
  openCase,
  partnerNotified,
  recordRetracted,
} from '../../../../test/builders/case-events.js';
import { alleged, confirmed, dismissed, suspected, underReview } from '../../../../test/builders/violation-events.js';
import { privilegeAsserted } from '../../../../test/builders/access-events.js';
import { given } from '../../../../test/builders/decide.js';
import {
  note,
  notification,
  observation,
  partner,
  privilege,
  unknown,
  violation,
} from '../../../../test/builders/ids.js';
import { capabilities } from '../capabilities.js';
import { caseAggregate } from '../case-aggregate.js';
import { RecordRetracted } from './record-retracted.js';
import { retractRecord } from './retract-record.js';

const noted = [...openCase, noteAdded()];
const retract = (recordId: string) => commands.retractRecord({ recordId });

describe('retractRecord', () => {
  it.each<[kind: string, recordId: string, events: readonly DecidedEvent[]]>([
    ['party', partner, openCase],
    ['observation', observation, [...openCase, activityObserved()]],
    ['notification', notification, [...openCase, partnerNotified()]],
    ['violation', violation, suspected],
    ['violation', violation, alleged],
    ['note', note, noted],
  ])('takes a %s back', (recordKind, recordId, events) => {
    given(caseAggregate, ...events)
      .when(retractRecord, retract(recordId))
      .then(event(RecordRetracted, { recordId, recordKind, reason: 'It belongs to another case.' }));
  });

  it('refuses what is retracted already, in whichever way', () => {
    for (const last of [recordRetracted(note, 'note'), noteRetracted()]) {
      given(caseAggregate, ...noted, last)
        .when(retractRecord, retract(note))
        .thenRefused('ALREADY_RETRACTED');
    }
  });

  it.each([
    ['under review', underReview],
    ['confirmed', confirmed],
    ['dismissed', dismissed],
  ])('refuses a violation that is %s: two people have to do with it', (_, events) => {
    given(caseAggregate, ...events)
      .when(retractRecord, retract(violation))
      .thenRefused('NOT_RETRACTABLE');
  });

  it.each([
    ['under review', underReview, ['dismissViolation']],
    ['confirmed', confirmed, ['reinstateViolation', 'dismissViolation']],
    ['dismissed', dismissed, []],
  ])('names what to do with a violation that is %s instead', (_, events, commandsNamed) => {
    const { message } = given(caseAggregate, ...events)
      .when(retractRecord, retract(violation))
      .thenRefused('NOT_RETRACTABLE');
    expect(message.match(/[a-z]+Violation/g) ?? []).toEqual(commandsNamed);
  });

  it('refuses a privilege: it is waived', () => {
    given(caseAggregate, ...noted, privilegeAsserted())
      .when(retractRecord, retract(privilege))
      .thenRefused('NOT_RETRACTABLE');
  });

  it('refuses an unknown record', () => {
    given(caseAggregate, ...noted)
      .when(retractRecord, retract(unknown))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...noted, caseClosed())
      .when(retractRecord, retract(note))
      .thenRefused('CASE_CLOSED');
  });
});

describe('a retracted record', () => {
  const slices = new Map(capabilities.flatMap((one) => one.slices.map((slice) => [slice.name, slice] as const)));

  it.each<[name: CommandName, events: readonly DecidedEvent[], code: string]>([
    ['amendParty', [...openCase, recordRetracted(partner, 'party')], 'RECORD_RETRACTED'],
    [
      'correctObservation',
      [...openCase, activityObserved(), recordRetracted(observation, 'observation')],
      'OBSERVATION_WITHDRAWN',
    ],
    [
      'withdrawObservation',
      [...openCase, activityObserved(), recordRetracted(observation, 'observation')],
      'ALREADY_WITHDRAWN',
    ],
    [
      'acknowledgeNotification',
      [...openCase, partnerNotified(), recordRetracted(notification, 'notification')],
      'NOTIFICATION_WITHDRAWN',
    ],
    [
      'withdrawNotification',
      [...openCase, partnerNotified(), recordRetracted(notification, 'notification')],
      'ALREADY_WITHDRAWN',
    ],
    ['allegeViolation', [...suspected, recordRetracted(violation, 'violation')], 'RECORD_RETRACTED'],
    ['submitViolationForReview', [...alleged, recordRetracted(violation, 'violation')], 'RECORD_RETRACTED'],
    ['dismissViolation', [...alleged, recordRetracted(violation, 'violation')], 'RECORD_RETRACTED'],
    ['amendNote', [...noted, recordRetracted(note, 'note')], 'NOTE_RETRACTED'],
    ['retractNote', [...noted, recordRetracted(note, 'note')], 'ALREADY_RETRACTED'],
  ])('is left alone: %s', (name, events, code) => {
    given(caseAggregate, ...events)
      .when(slices.get(name)!, commands[name]())
      .thenRefused(code);
  });
});
