import { Field, ID, ObjectType } from '@nestjs/graphql';
import { IsIn } from 'class-validator';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen, slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { newRecordId } from '../known-records.js';
import { anotherCase } from '../cases/case-streams.js';
import { visibleCase } from '../cases/visible-case.js';
import { Id, OptionalId, OptionalProse } from '../fields.js';
import { CaseRelationKind, INVERSE } from './case-relation-state.js';

@CommandInput('Says that another case has to do with this one. It is recorded in this case and shown in both.')
export class RelateCases extends CaseCommand {
  @Id('The other case, which you must be able to see.')
  otherCaseId!: string;

  @Field(() => CaseRelationKind, { description: 'What the other case is to this one.' })
  @IsIn(Object.values(CaseRelationKind))
  caseRelationKind!: CaseRelationKind;

  @OptionalProse('Why.')
  reason?: string | null;

  @OptionalId('The id of the new relation, if you choose it: a UUID in lower case.')
  caseRelationId?: string | null;
}

@ObjectType({ description: 'Another case was said to have to do with this one.' })
@StoredEvent<CasesRelated>('CasesRelated', {
  version: 1,
  stix: 'relationship: related-to, part-of (x_), between incidents',
  summary: ({ otherCaseId, caseRelationKind }) => `Case related to ${otherCaseId}: ${caseRelationKind}`,
})
export class CasesRelated {
  @Field(() => ID, { description: 'The relation.' })
  caseRelationId!: string;

  @Field(() => ID, { description: 'The other case.' })
  otherCaseId!: string;

  @Field(() => CaseRelationKind, { description: 'What the other case is to this one.' })
  caseRelationKind!: CaseRelationKind;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const relateCases = slice<CaseState, RelateCases>(
  RelateCases,
  (command, state, context) => {
    requireOpen(state);
    const { otherCaseId, caseRelationKind, reason } = command;
    const other = visibleCase(context.needed.other.state, otherCaseId, context.actor);
    if (otherCaseId === context.subjectId) refuse('SAME_CASE', 'A case has no relation to itself; name another one.');
    if (other.access.restricted && !state.access.restricted) {
      refuse(
        'RELATE_FROM_RESTRICTED',
        'The other case is restricted, and who reads this one need not know of it: record the relation there.',
      );
    }
    const caseRelationId = newRecordId(state, command.caseRelationId, context);
    requireNew(state, other, command, context.subjectId);
    return [event(CasesRelated, { caseRelationId, otherCaseId, caseRelationKind, reason: reason ?? undefined })];
  },
  {
    needs: ({ otherCaseId }, _context, state) => {
      requireOpen(state);
      return { other: { kind: 'state', ...anotherCase(otherCaseId) } };
    },
  },
);

/** Refuses with ALREADY_RELATED what either case says already, and what would make each the parent of the other. */
function requireNew(
  state: Frozen<CaseState>,
  other: Frozen<CaseState>,
  { otherCaseId, caseRelationKind: kind }: RelateCases,
  ownId: string,
): void {
  const stands = (relations: Frozen<CaseState>['caseRelations'], id: string, kinds: readonly CaseRelationKind[]) =>
    [...relations.values()].some(
      (one) => !one.retracted && one.otherCaseId === id && kinds.includes(one.caseRelationKind),
    );
  const excluded = kind === 'RELATED' ? [kind] : [kind, INVERSE[kind]];
  if (stands(state.caseRelations, otherCaseId, excluded) || stands(other.caseRelations, ownId, excluded)) {
    refuse('ALREADY_RELATED', 'These cases stand in such a relation already; retract that one first (retractRecord).');
  }
}
