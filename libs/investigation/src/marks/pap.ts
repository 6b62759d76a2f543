import { describedEnum } from '../values/described-enum.js';

/** What may be done with something: the Permissible Actions Protocol (MISP taxonomy PAP). Levels from the least strict. */
export const Pap = describedEnum(
  'Pap',
  'What may be done with something: Permissible Actions Protocol (MISP taxonomy PAP). The later, the stricter.',
  {
    CLEAR: 'PAP:CLEAR. Whatever is wished.',
    GREEN: 'PAP:GREEN. Active actions are allowed: pinging, blocking at one’s border.',
    AMBER: 'PAP:AMBER. Passive cross-checks alone, with third parties too.',
    RED: 'PAP:RED. Passive actions alone that the subject cannot detect, on one’s own side.',
  },
);
export type Pap = keyof typeof Pap;

/** From the least strict to the strictest. */
export const PAP_LEVELS: readonly Pap[] = Object.keys(Pap) as Pap[];
