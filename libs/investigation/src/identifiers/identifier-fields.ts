import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { IsIn, Length, ValidateBy, ValidateNested } from 'class-validator';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen, type KeyedHash } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties } from '../known-records.js';
import { Id, OptionalLine, When } from '../fields.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { isSurelyBefore } from '../values/fuzzy-time.js';
import { Source, SourceInput } from '../values/source.js';
import { IdentifierKind } from './identifier-kind.js';
import { CONCEALED, normalised } from './normalised.js';

/** By what a subject is known, as commands take it. */
@InputType({ isAbstract: true })
export abstract class IdentifierCommand extends CaseCommand {
  @Id('The party that it identifies.')
  subjectId!: string;

  @Field(() => IdentifierKind, { description: 'What it names.' })
  @IsIn(Object.values(IdentifierKind))
  identifierKind!: IdentifierKind;

  @Field(() => String, {
    description:
      'The identifier as it is written, defanged or not, 1-500 characters. It is kept as it is compared: `EVIL[.]example` as `evil.example`; of an API key only a keyed hash is.',
  })
  @Length(1, 500)
  @IsIdentifier()
  identifierValue!: string;

  @OptionalLine(
    'Who issued it, where it is unique only there: the service of an account. Case and accents do not tell issuers apart.',
  )
  identifierIssuer?: string | null;

  @When('When it was first seen in use.')
  firstSeenAt: string = 'NOT_STATED';

  @When('When it was last seen in use.')
  lastSeenAt: string = 'NOT_STATED';

  @Field(() => SourceInput, { description: 'Who says so, through whom, and how good that is.' })
  @ValidateNested()
  source!: SourceInput;
}

/** By what a subject is known, as events keep it. */
@ObjectType({ isAbstract: true })
export abstract class IdentifierFacts {
  @Field(() => ID, { description: 'The identifier, as a record of this case.' })
  identifierId!: string;

  @Field(() => ID, { description: 'The party that it identifies.' })
  subjectId!: string;

  @Field(() => IdentifierKind, { description: 'What it names.' })
  identifierKind!: IdentifierKind;

  @Field(() => String, {
    description:
      'The identifier, normalised; of an API key `hmac-sha256:` and a hash by a secret of this installation.',
  })
  identifierValue!: string;

  @Field(() => String, { nullable: true, description: 'Who issued it; null: not stated.' })
  identifierIssuer?: string;

  @Field(() => FuzzyTime, { description: 'When it was first seen in use, as stated.' })
  firstSeenAt!: string;

  @Field(() => FuzzyTime, { description: 'When it was last seen in use, as stated.' })
  lastSeenAt!: string;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;
}

/** A command without the API key in it. */
export function concealed<C extends IdentifierCommand>(command: C, keyedHash: KeyedHash): C {
  if (command.identifierKind !== 'API_KEY') return command;
  const identifierValue = CONCEALED + keyedHash(`API_KEY ${normalised('API_KEY', command.identifierValue)}`);
  return Object.assign(Object.create(Object.getPrototypeOf(command) as object) as C, command, { identifierValue });
}

/**
 * The facts of a command, its parties checked and the identifier normalised. Refuses with ENDS_BEFORE_IT_BEGINS one that was last
 * seen before it was first seen, whatever its times may mean.
 */
export function identifierFacts(
  command: IdentifierCommand,
  state: Frozen<CaseState>,
): Omit<IdentifierFacts, 'identifierId'> {
  const { subjectId, identifierKind, firstSeenAt, lastSeenAt, source } = command;
  requireParties(state, [subjectId, source.assertedBy, ...(source.via ?? [])]);
  if (isSurelyBefore(lastSeenAt, firstSeenAt))
    refuse('ENDS_BEFORE_IT_BEGINS', 'It was last seen before it was first seen; give lastSeenAt a later time.');
  const identifierValue = normalised(identifierKind, command.identifierValue);
  if (identifierValue === null) throw new Error('The identifier was not validated.');
  if (identifierKind === 'API_KEY' && !identifierValue.startsWith(CONCEALED))
    throw new Error('The API key was not concealed.');
  const identifierIssuer = command.identifierIssuer?.trim().normalize('NFC') || undefined;
  return { subjectId, identifierKind, identifierValue, identifierIssuer, firstSeenAt, lastSeenAt, source };
}

const HINTS: Partial<Record<IdentifierKind, string>> = {
  IP: 'one address, such as "203.0.113.7" or "2001:db8::1"',
  ASN: 'the number of an autonomous system, such as "AS64500"',
  EMAIL: 'an e-mail address, such as "a@example.com", without characters that are not shown',
  DOMAIN: 'a domain name, such as "evil.example", without a path',
  API_KEY: 'an API key of at least 8 characters',
};

/** What is given is of its kind. Never repeats it: it may be a key. */
function IsIdentifier(): PropertyDecorator {
  const kindOf = (command: object): IdentifierKind => (command as IdentifierCommand).identifierKind;
  return ValidateBy({
    name: 'isIdentifier',
    validator: {
      validate: (value, args) =>
        typeof value === 'string' && value.length <= 500 && normalised(kindOf(args!.object), value) !== null,
      defaultMessage: (args) =>
        `identifierValue must be ${HINTS[kindOf(args!.object)] ?? 'a text that is not blank and has no line breaks or other control characters'}`,
    },
  });
}
