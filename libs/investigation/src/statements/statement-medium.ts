import { describedEnum } from '../values/described-enum.js';

export const StatementMedium = describedEnum('StatementMedium', 'In what form a statement was made.', {
  INTERVIEW: 'An interview.',
  PRESS_RELEASE: 'A press release or other written communiqué.',
  PRESS_CONFERENCE: 'A press conference.',
  REPLY_TO_PRESS: 'An answer given to a journalist who asked.',
  BROADCAST: 'Radio, television or a stream.',
  ARTICLE: 'An article, column or post under the speaker’s own name.',
  SOCIAL_MEDIA: 'A post in a social network.',
  SPEECH: 'A speech or talk.',
  TESTIMONY: 'Testimony before a court, a parliament or an authority.',
  FILING: 'A filing with a court or an authority.',
  LETTER: 'A letter or electronic mail.',
  CONVERSATION: 'A conversation.',
  OTHER: 'Another form than these.',
  NOT_STATED: 'The source does not say.',
});
export type StatementMedium = keyof typeof StatementMedium;

export const Wording = describedEnum('Wording', 'Whether a text gives the words of who spoke.', {
  VERBATIM: 'The words as they were spoken or written.',
  PARAPHRASE: 'The sense in the words of somebody else.',
  MIXED: 'A paraphrase with quotations in it.',
  NOT_STATED: 'Not known.',
});
export type Wording = keyof typeof Wording;
