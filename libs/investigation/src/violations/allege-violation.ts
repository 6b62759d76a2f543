import { Field, ID, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireParties } from '../known-records.js';
import { standing } from '../correctable.js';
import { Id, OptionalId, Parts, Prose } from '../fields.js';
import { ClauseCitation, ClauseCitationInput, cited, needTerms } from '../terms/citation.js';
import { requireStatus } from './violation-state.js';

@CommandInput('Records that a suspected violation is formally alleged.')
export class AllegeViolation extends CaseCommand {
  @Id('The violation.')
  violationId!: string;

  @Prose('What the allegation rests on.')
  grounds!: string;

  @Parts(
    ClauseCitationInput,
    100,
    'The clauses of recorded terms that are said to be broken, beside those cited before.',
  )
  citations: ClauseCitationInput[] = [];

  @OptionalId('The party who alleges it.')
  allegedBy?: string | null;
}

@ObjectType({ description: 'A suspected violation was formally alleged.' })
@StoredEvent<TosViolationAlleged>('TosViolationAlleged', {
  version: 1,
  stix: 'event: policy-violation, status undetermined; an opinion (agree) of who alleges it',
  summary: ({ grounds }) => `Violation alleged: ${excerpt(grounds)}`,
})
export class TosViolationAlleged {
  @Field(() => ID, { description: 'The violation.' })
  violationId!: string;

  @Field(() => String, { description: 'What the allegation rests on.' })
  grounds!: string;

  @Field(() => [ClauseCitation], { nullable: true, description: 'The clauses of recorded terms that are cited.' })
  citations?: ClauseCitation[];

  @Field(() => ID, { nullable: true, description: 'The party who alleges it.' })
  allegedBy?: string;
}

export const allegeViolation = slice<CaseState, AllegeViolation>(
  AllegeViolation,
  (command, state, context) => {
    requireOpen(state);
    const { violationId, grounds, allegedBy } = command;
    const { status, facts } = standing(state.violations, violationId, 'violation');
    requireStatus(status, ['SUSPECTED'], 'ALLEGED', 'NOT_SUSPECTED');
    requireParties(state, [allegedBy]);
    const citations = cited(command.citations, context.needed, facts.occurredAt);
    return [event(TosViolationAlleged, { violationId, grounds, citations, allegedBy: allegedBy ?? undefined })];
  },
  { needs: ({ citations }) => needTerms(citations) },
);
