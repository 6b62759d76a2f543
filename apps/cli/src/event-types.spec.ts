import { InvalidArgumentError } from 'commander';
import { storedEventOf } from '#event-sourcing/event.js';
import { eventClasses } from '#investigation/event-classes.js';
import { toldClasses } from '#investigation/members/told.js';
import { eventTypes, knownTypes } from './event-types.js';

describe('types of events at the command line', () => {
  it('are those of the log, and those that a feed tells beside it', () => {
    const types = [...eventClasses, ...toldClasses].map((one) => storedEventOf(one).type);
    expect(knownTypes().sort()).toEqual(types.sort());
  });

  it('are given one by one or parted by commas', () => {
    expect(eventTypes('NoteAdded, CaseClosed', undefined)).toEqual(['NoteAdded', 'CaseClosed']);
    expect(eventTypes('CaseShared', ['NoteAdded'])).toEqual(['NoteAdded', 'CaseShared']);
  });

  it.each([
    ['NoteAded', 'There is no type "NoteAded": did you mean NoteAdded or NoteAmended? docs/events.md lists all.'],
    [
      'noteadded',
      'There is no type "noteadded": did you mean NoteAdded or NoteAmended or PartyAdded? docs/events.md lists all.',
    ],
    ['NoteAdded,Xyzzy', 'There is no type "Xyzzy": docs/events.md lists all.'],
    ['NoteAdded,', 'There is no type "": docs/events.md lists all.'],
  ])('%j is refused with what comes nearest', (text, why) => {
    expect(() => eventTypes(text, undefined)).toThrow(new InvalidArgumentError(why));
  });
});
