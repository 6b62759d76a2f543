import { describedEnum } from '../values/described-enum.js';

export const CaseSeverity = describedEnum('CaseSeverity', 'How severe a case is (OCSF 1.8, severity_id).', {
  UNKNOWN: 'It is not known how severe it is.',
  INFORMATIONAL: 'Nothing needs to be done.',
  LOW: 'Somebody decides whether anything is done.',
  MEDIUM: 'Something must be done, though it is not serious yet.',
  HIGH: 'Something must be done at once.',
  CRITICAL: 'Something must be done at once, and much is affected.',
  FATAL: 'It is too late to mend what happened.',
  OTHER: 'Rated on a scale of its own: say in the reason which.',
});
export type CaseSeverity = keyof typeof CaseSeverity;

export const CasePriority = describedEnum(
  'CasePriority',
  'How soon a case is to be worked on (OCSF 1.8, priority_id).',
  {
    UNKNOWN: 'Nobody has decided yet.',
    LOW: 'When nothing else waits.',
    MEDIUM: 'In its turn.',
    HIGH: 'Before others.',
    CRITICAL: 'At once.',
  },
);
export type CasePriority = keyof typeof CasePriority;
