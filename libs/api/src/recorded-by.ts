import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';

const ActorKind = { PERSON: 'PERSON', SERVICE: 'SERVICE', SYSTEM: 'SYSTEM' } as const;
registerEnumType(ActorKind, {
  name: 'ActorKind',
  description: 'What records events.',
  valuesMap: {
    PERSON: { description: 'A human being.' },
    SERVICE: { description: 'A program.' },
    SYSTEM: { description: 'Caseledger itself.' },
  },
});

const Authentication = { KEY: 'KEY', OIDC: 'OIDC', SYSTEM: 'SYSTEM' } as const;
registerEnumType(Authentication, {
  name: 'Authentication',
  description: 'How a principal was recognised.',
  valuesMap: {
    KEY: { description: 'By a key that this installation issued.' },
    OIDC: { description: "By an OIDC provider's access token." },
    SYSTEM: { description: 'Caseledger itself.' },
  },
});
export { Authentication };

/** Who recorded something: a principal, never a party of the case. */
@ObjectType('Actor', { description: 'Who recorded something: not who speaks in it.' })
export class RecordedBy {
  @Field(() => ID, { description: 'The principal: two keys of one principal are one actor.' })
  id!: string;

  @Field(() => String, { description: 'The name it was recorded under.' })
  name!: string;

  @Field(() => ActorKind, { description: 'Human being, program or Caseledger itself.' })
  kind!: string;
}
