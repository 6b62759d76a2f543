import { describedEnum } from '../values/described-enum.js';

export const ExhibitKind = describedEnum('ExhibitKind', 'What sort of evidence an exhibit is.', {
  LOG_EXTRACT: 'Lines of a log: requests, sign-ins, payments.',
  DOCUMENT: 'A document, on paper or as a file.',
  MESSAGE: 'A message, with what was sent along.',
  SCREENSHOT: 'A picture of a screen.',
  DATASET: 'A set of data, such as what a model was trained on.',
  MODEL_OUTPUT: 'What a model answered, perhaps with what it was asked.',
  DISK_IMAGE: 'A copy of a whole disk, or of the memory of a machine.',
  OTHER: 'Something else.',
});
export type ExhibitKind = keyof typeof ExhibitKind;
