import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { ExhibitRecorded } from '#investigation/exhibits/record-exhibit.js';
import { openCase } from './case-events.js';
import { exhibit, otherExhibit, partner } from './ids.js';
import { source } from './values.js';

export const exhibitRecorded = (over: Partial<ExhibitRecorded> = {}): DecidedEvent =>
  event(ExhibitRecorded, {
    ...{ exhibitId: exhibit, exhibitKind: 'LOG_EXTRACT', title: 'Requests of December', source: source(partner) },
    ...{ collectedAt: 'NOT_STATED', derivedFrom: [] },
    ...over,
  });

/** An open case with an exhibit that another can be made from. */
export const withExhibit: readonly DecidedEvent[] = [
  ...openCase,
  exhibitRecorded({ exhibitId: otherExhibit, title: 'The whole log' }),
];
