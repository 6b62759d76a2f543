import { describedEnum } from '../values/described-enum.js';

export const AttributionKind = describedEnum(
  'AttributionKind',
  'What is held of the subject. What competes is recorded beside it, each as an assessment of its own.',
  {
    ACTS_FOR: 'It acts for the party: on its behalf or by its order.',
    LINKED_TO: 'It is linked to the party; how is not held.',
    ACTS_FOR_ITSELF: 'It acts for nobody else. Names no party.',
    OTHER: 'Another explanation, which the description gives.',
  },
);
export type AttributionKind = keyof typeof AttributionKind;

/** The spectrum of state responsibility (J. Healey, Atlantic Council, 2012), as in the MISP taxonomy `state-responsibility`. */
export const StateResponsibility = describedEnum(
  'StateResponsibility',
  'How far a state answers for what is attributed to it (MISP taxonomy state-responsibility).',
  {
    PROHIBITED: 'It helps to stop it.',
    PROHIBITED_BUT_INADEQUATE: 'It would stop it and cannot.',
    IGNORED: 'It knows and does nothing.',
    ENCOURAGED: 'Third parties do it; it encourages them as policy.',
    SHAPED: 'Third parties do it; it gives some support.',
    COORDINATED: 'It coordinates third parties, by suggesting details for one.',
    ORDERED: 'It directs third parties to do it on its behalf.',
    ROGUE_CONDUCTED: 'Elements of its forces do it, out of control.',
    EXECUTED: 'It does it with its own forces.',
    INTEGRATED: 'It does it with its own forces and third parties together.',
  },
);
export type StateResponsibility = keyof typeof StateResponsibility;
