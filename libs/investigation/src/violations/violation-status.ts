import { describedEnum } from '../values/described-enum.js';

export const ViolationStatus = describedEnum(
  'ViolationStatus',
  'How certain it is that the terms of service were broken.',
  {
    SUSPECTED: 'Somebody thinks it possible; nobody alleges it.',
    ALLEGED: 'Somebody asserts it, on stated grounds.',
    UNDER_REVIEW: 'Being reviewed by a second person.',
    CONFIRMED: 'A second person found that it took place.',
    DISMISSED: 'Found not to have taken place, or not to be shown.',
    RETRACTED: 'Taken back before it was reviewed: it no longer counts, and stays visible.',
  },
);
export type ViolationStatus = keyof typeof ViolationStatus;
