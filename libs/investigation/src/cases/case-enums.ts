import { describedEnum } from '../values/described-enum.js';

export const CaseKind = describedEnum('CaseKind', 'The form of an investigation (CASE/UCO 1.4, investigationForm).', {
  CASE: 'A case: an investigation of its own.',
  INCIDENT: 'An incident that is being handled.',
  SUSPICIOUS_ACTIVITY: 'Suspicious activity that is being looked into.',
});
export type CaseKind = keyof typeof CaseKind;

export const CaseStatus = describedEnum('CaseStatus', 'Whether a case is being worked on.', {
  OPEN: 'Being worked on.',
  CLOSED: 'Closed with a resolution; it can be reopened.',
});
export type CaseStatus = keyof typeof CaseStatus;

export const Resolution = describedEnum('Resolution', 'What a case came to.', {
  VIOLATION_CONFIRMED: 'At least one violation stands confirmed.',
  PARTIALLY_SUBSTANTIATED: 'Some of what was suspected proved true.',
  UNSUBSTANTIATED: 'What was suspected could not be shown.',
  INSUFFICIENT_INFORMATION: 'Too little is known to say.',
  NO_VIOLATION: 'What happened was no violation.',
  REFERRED: 'Handed over to others.',
  DUPLICATE: 'Another case covers it.',
  WITHDRAWN: 'Withdrawn by whoever brought it.',
});
export type Resolution = keyof typeof Resolution;
