import { registerEnumType } from '@nestjs/graphql';
import { type Actor } from '#event-sourcing/envelope.js';

/** What a principal may do; recorded with its keys. */
export const Role = {
  INVESTIGATOR: 'INVESTIGATOR',
  COUNSEL: 'COUNSEL',
  REVIEWER: 'REVIEWER',
  AUDITOR: 'AUDITOR',
  ADMINISTRATOR: 'ADMINISTRATOR',
  INTEGRATION: 'INTEGRATION',
} as const;
export type Role = (typeof Role)[keyof typeof Role];
registerEnumType(Role, {
  name: 'Role',
  description: 'What a principal may do.',
  valuesMap: {
    INVESTIGATOR: { description: 'Runs investigations and records what is found.' },
    COUNSEL: { description: 'Advises on and directs investigations as a lawyer.' },
    REVIEWER: { description: 'Reviews and confirms what others submitted.' },
    AUDITOR: { description: 'Reads and replays history.' },
    ADMINISTRATOR: { description: 'Manages keys.' },
    INTEGRATION: { description: 'A program that records or follows events.' },
  },
});

export const PrincipalKind = { PERSON: 'PERSON', SERVICE: 'SERVICE' } as const;
export type PrincipalKind = (typeof PrincipalKind)[keyof typeof PrincipalKind];
registerEnumType(PrincipalKind, {
  name: 'PrincipalKind',
  description: 'Whether a principal is a human being or a program.',
  valuesMap: { PERSON: { description: 'A human being.' }, SERVICE: { description: 'A program.' } },
});

/** Who is asking, as verified; `name` is the label of the key that was shown. */
export interface Principal extends Actor {
  kind: PrincipalKind;
  credential: string;
  roles: readonly Role[];
}
