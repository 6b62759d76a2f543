import 'reflect-metadata';
import { type CommandFields } from '#event-sourcing/slice.js';
import { refusalFrom } from '../../../test/builders/refusal.js';
import { commands } from '../../../test/builders/case-commands.js';
import {
  activityObserved,
  caseClosed,
  caseReopened,
  noteAdded,
  openCase,
  partnerNotified,
} from '../../../test/builders/case-events.js';
import { violationSuspected } from '../../../test/builders/violation-events.js';
import { recordsLinked } from '../../../test/builders/question-events.js';
import { fold } from '../../../test/builders/decide.js';
import { CASE, link, note, partner, provider, subject, unknown } from '../../../test/builders/ids.js';
import { source } from '../../../test/builders/values.js';
import { caseAggregate } from './case-aggregate.js';

/** Parties at revisions 1 to 3, then an observation (4), a notification (5), a violation (6) and a note (7). */
const state = fold(caseAggregate, [
  ...openCase,
  activityObserved(),
  partnerNotified(),
  violationSuspected(),
  noteAdded(),
  caseClosed(),
  caseReopened(),
]);
const revisionOf = (command: CommandFields) => caseAggregate.revisionOf!(command, state);

describe('what the expected revision of a command is compared with', () => {
  it.each([
    ['the party', commands.amendParty.full({ partyId: partner }), 1],
    ['the party, not another one', commands.amendParty.full({ partyId: provider }), 2],
    ['the observation', commands.correctObservation.full(), 4],
    ['the notification, not the party beside it', commands.acknowledgeNotification.full(), 5],
    ['the violation, not the party beside it', commands.allegeViolation.full(), 6],
    ['the note', commands.retractNote(), 7],
    ['a record that exists already, where a new one would be made', commands.addNote({ noteId: note }), 7],
  ])('%s that it addresses', (_, command, revision) => {
    expect(revisionOf(command)).toBe(revision);
  });

  it.each([
    ['the case itself', commands.amendCase.full()],
    ['a new record', commands.addParty.full({ partyId: unknown })],
    ['a new record that only refers to others', commands.suspectViolation({ source: source(partner), about: [note] })],
    ['the parties of a new notification', commands.receivePartnerNotification({ toPartyId: provider })],
    ['a record of another kind', commands.retractNote({ noteId: partner })],
  ])('is the case where it names %s', (_, command) => {
    expect(revisionOf(command)).toBeUndefined();
  });
});

describe('the case that a command is about', () => {
  it('is named by it', () => {
    expect(caseAggregate.subjectOf(commands.addNote())).toBe(CASE);
    expect(caseAggregate.subjectOf(commands.openCase())).toBeUndefined();
    expect(caseAggregate.subjectOf(commands.openCase({ caseId: null }))).toBeUndefined();
  });

  it('is not found if nothing was ever recorded of it', () => {
    expect(refusalFrom(() => caseAggregate.missing!(unknown))).toMatchObject({
      code: 'NOT_FOUND',
      message: `There is no case ${unknown}.`,
    });
  });
});

describe('the records of a case', () => {
  it('are found by id, whatever their kind', () => {
    expect([...state.records.values()].map(({ kind, revision }) => [kind, revision])).toEqual([
      ['party', 1],
      ['party', 2],
      ['party', 3],
      ['observation', 4],
      ['notification', 5],
      ['violation', 6],
      ['note', 7],
    ]);
    expect(state.records.get(partner)).toBe(state.parties.get(partner));
  });
});

describe('what belongs to records', () => {
  const linked = fold(caseAggregate, [
    ...openCase,
    recordsLinked(),
    recordsLinked({ linkId: unknown, fromRecordId: link, toRecordId: subject }),
  ]);
  const goes = (...ids: string[]) => [...caseAggregate.withTheirs!(linked, new Set(ids))].sort();

  it('is each link of them, and what links those', () => {
    expect(goes(provider)).toEqual([provider, link, unknown].sort());
    expect(goes(subject)).toEqual([subject, unknown].sort());
    expect(goes(note)).toEqual([note]);
  });

  it('does not exist for whom they do not', () => {
    const seen = caseAggregate.without!(linked, new Set(goes(provider)));
    expect([...seen.links.keys()]).toEqual([]);
    // Its id stays taken.
    expect(seen.records.has(link)).toBe(true);
  });
});
