import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { IsOptional, IsUrl, Length, Matches } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { IsShown } from '#event-sourcing/shown.js';
import { type Context, type Frozen, slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { withoutHidden } from '../cases/visible-case.js';
import { newRecordId } from '../known-records.js';
import { OptionalId } from '../fields.js';
import { claimOn, referenceTaken } from './claim-reference.js';
import { externalKey } from './external-id.js';
import { stands } from './reference-state.js';

const ONE_LINE = { message: 'it must stand on one line, without blanks at its ends' };
const IS_LINE = /^[^\s\p{C}](?:[^\p{C}\p{Zl}\p{Zp}]*[^\s\p{C}])?$/u;

@CommandInput(
  'Records what a case is called in another system: a ticket, a matter, a report. It can stand in one case only; `retractRecord` takes it back.',
)
export class AddExternalReference extends CaseCommand {
  @Field(() => String, {
    description: 'The other system, 1-100 characters on one line: case and accents do not tell systems apart.',
  })
  @Length(1, 100)
  @IsShown()
  @Matches(IS_LINE, ONE_LINE)
  system!: string;

  @Field(() => String, { description: 'The id there, exactly as it is written: 1-300 characters on one line.' })
  @Length(1, 300)
  @IsShown()
  @Matches(IS_LINE, ONE_LINE)
  externalId!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Where it is found: a URL of http or https, up to 2,000 characters.',
  })
  @IsOptional()
  @Length(1, 2_000)
  @IsUrl(
    { protocols: ['http', 'https'], require_protocol: true, require_tld: false, disallow_auth: true },
    { message: 'it must be a URL of http or https, without a name and password' },
  )
  url?: string | null;

  @OptionalId('The id of the new reference, if you choose it: a UUID in lower case.')
  referenceId?: string | null;
}

@ObjectType({ description: 'What the case is called in another system was recorded.' })
@StoredEvent<ExternalReferenceAdded>('ExternalReferenceAdded', {
  version: 1,
  stix: 'incident: external_references (source_name, external_id, url)',
  summary: ({ system, externalId }) => `Reference to ${system}: ${externalId}`,
})
export class ExternalReferenceAdded {
  @Field(() => ID, { description: 'The reference.' })
  referenceId!: string;

  @Field(() => String, { description: 'The other system.' })
  system!: string;

  @Field(() => String, { description: 'The id there.' })
  externalId!: string;

  @Field(() => String, { nullable: true, description: 'Where it is found.' })
  url?: string;

  @Field(() => Int, { description: 'The claim that it was recorded on: its revision in the stream of the claims.' })
  claim!: number;
}

export const addExternalReference = slice<CaseState, AddExternalReference>(
  AddExternalReference,
  (command, state, context) => {
    const referenceId = requireAddable(command, state, context);
    const { system, externalId, url } = command;
    const claim = context.needed.claim.revision;
    return [event(ExternalReferenceAdded, { referenceId, system, externalId, url: url ?? undefined, claim })];
  },
  {
    // The case has a place in its claims once.
    weighsHidden: true,
    needs: (command, context, state) => {
      // What is refused anyway claims nothing.
      requireAddable(command, state, context);
      return { claim: claimOn(command, context) };
    },
  },
);

/** The id of the new reference, or what it is refused for. */
function requireAddable(
  command: AddExternalReference,
  state: Frozen<CaseState>,
  context: Pick<Context, 'actor' | 'newId' | 'subjectId'>,
): string {
  requireOpen(state);
  const referenceId = newRecordId(state, command.referenceId, context);
  const key = externalKey(command);
  if (!stands(state, key)) return referenceId;
  if (!stands(withoutHidden(state, context.actor), key)) referenceTaken();
  refuse('ALREADY_REFERENCED', 'The case has this reference already.');
}
