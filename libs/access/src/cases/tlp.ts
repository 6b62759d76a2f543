import { registerEnumType } from '@nestjs/graphql';

/** Who may receive something: Traffic Light Protocol 2.0 (FIRST, August 2022). `AMBER_STRICT` is its TLP:AMBER+STRICT. */
export const Tlp = {
  CLEAR: 'CLEAR',
  GREEN: 'GREEN',
  AMBER: 'AMBER',
  AMBER_STRICT: 'AMBER_STRICT',
  RED: 'RED',
} as const;
export type Tlp = keyof typeof Tlp;
registerEnumType(Tlp, {
  name: 'Tlp',
  description: 'Who may receive something: Traffic Light Protocol 2.0 (FIRST, August 2022). The later, the stricter.',
  valuesMap: {
    CLEAR: { description: 'TLP:CLEAR. Anyone: here, whoever may read the case.' },
    GREEN: { description: 'TLP:GREEN. The community: here, the organisations that are members of the case.' },
    AMBER: { description: "TLP:AMBER. The originator's organisation, and its clients: those that the mark names." },
    AMBER_STRICT: { description: "TLP:AMBER+STRICT. The originator's organisation alone." },
    RED: { description: 'TLP:RED. The recipients that the mark names, and nobody else.' },
  },
});

/** From the least strict to the strictest. */
export const TLP_LEVELS: readonly Tlp[] = Object.values(Tlp);

/** As it is written: labels are not translated and have no spaces. */
export const tlpLabel = (tlp: Tlp): string => `TLP:${tlp.replace('_', '+')}`;
