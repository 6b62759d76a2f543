import { StoredEvent } from '#event-sourcing/event.js';
import { type Stix } from '#event-sourcing/stix.js';
import { eventCatalogue } from './event-catalogue.js';

const schema = { title: 'LetterSent.v1', description: 'A letter was sent.', properties: {} };

function catalogueOf(stix?: Stix): string {
  @StoredEvent('LetterSent', { version: 1, summary: () => 'Sent', stix })
  class LetterSent {}
  return eventCatalogue([{ eventClass: LetterSent, schema }]);
}

describe('the catalogue of events', () => {
  it('names the STIX object beside each', () => {
    expect(catalogueOf('note')).toContain('A letter was sent.\n\nSTIX 2.1: `note`\n');
    expect(catalogueOf('incident: status closed')).toContain('STIX 2.1: `incident` (status closed)\n');
    expect(catalogueOf('none: nobody asks')).toContain('STIX 2.1: none (nobody asks)\n');
  });

  it('is not made where an event names none', () => {
    expect(() => catalogueOf()).toThrow(/LetterSent names no STIX object/);
  });
});
