import { describedEnum } from '../values/described-enum.js';

export const CooperationStage = describedEnum('CooperationStage', 'Whether a cooperation goes on.', {
  OPEN: 'It goes on.',
  CLOSED: 'It ended.',
});
export type CooperationStage = keyof typeof CooperationStage;
