import { describedEnum } from '../values/described-enum.js';

export const ReportKind = describedEnum('ReportKind', 'What sort of publication a report is.', {
  PRESS_REPORT: 'A report in a newspaper, magazine or its website.',
  AGENCY_REPORT: 'A report of a news agency.',
  BROADCAST: 'A report on radio or television.',
  BLOG_POST: 'A post on a website of a company or person.',
  RESEARCH_PAPER: 'A scientific or technical paper.',
  INDUSTRY_REPORT: 'A report of a company, an analyst or a security firm.',
  AUTHORITY_REPORT: 'A report of a government, parliament or other authority.',
  SOCIAL_MEDIA_POST: 'A post in a social network.',
  OTHER: 'Another sort than these.',
  NOT_STATED: 'Not known.',
});
export type ReportKind = keyof typeof ReportKind;
