import { CorrectExhibit } from '#investigation/exhibits/correct-exhibit.js';
import { RecordExhibit } from '#investigation/exhibits/record-exhibit.js';
import { builder } from './command-builder.js';
import { exhibit, otherExhibit, partner, provider } from './ids.js';
import { source, text } from './values.js';

const kept = { exhibitKind: 'LOG_EXTRACT' as const, title: 'Requests of December', source: source(partner) };
const keptMore = {
  exhibitNumber: 'E-1',
  description: text('All requests of 31 accounts.'),
  collectedAt: '2025-01-24',
  collectedBy: partner,
  custodianId: provider,
  location: 's3://evidence/e-1.csv',
  mediaType: 'text/csv',
  sizeBytes: 2 ** 40,
  sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  derivedFrom: [otherExhibit],
};

export const exhibitCommands = {
  recordExhibit: builder(RecordExhibit, kept, { ...keptMore, exhibitId: exhibit }),
  correctExhibit: builder(
    CorrectExhibit,
    { ...kept, exhibitId: exhibit, title: 'Requests of November', reason: 'The wrong month.' },
    keptMore,
  ),
};
