import { describedEnum } from '../values/described-enum.js';

export const QuestionOutcome = describedEnum('QuestionOutcome', 'What became of a question.', {
  ANSWERED: 'A finding answers it.',
  UNANSWERABLE: 'It cannot be answered.',
  DROPPED: 'It need not be answered any more.',
});
export type QuestionOutcome = keyof typeof QuestionOutcome;

export const QuestionStatus = describedEnum('QuestionStatus', 'Where a question stands.', {
  OPEN: 'Not answered yet.',
  ANSWERED:
    'Closed as answered: a finding answered it then. It stays so, also where that was retracted or corrected since, until it is reopened; see `answers` of the findings that stand.',
  UNANSWERABLE: 'It cannot be answered.',
  DROPPED: 'It need not be answered any more.',
  RETRACTED: 'Taken back: it stays visible.',
});
export type QuestionStatus = keyof typeof QuestionStatus;
