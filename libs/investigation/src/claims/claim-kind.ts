import { describedEnum } from '../values/described-enum.js';

export const ClaimKind = describedEnum('ClaimKind', 'What sort of claim is made about products.', {
  PARITY: 'That one equals or surpasses others.',
  PERFORMANCE: 'How well one does, without a comparison.',
  CAPABILITY: 'What one can do.',
  COST: 'What one costs, or cost to make.',
  ORIGIN: 'Where one comes from: how, and from what, it was made.',
  MARKET_POSITION: 'Where one stands among its competitors.',
  OTHER: 'Something else.',
});
export type ClaimKind = keyof typeof ClaimKind;
