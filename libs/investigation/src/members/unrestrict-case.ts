import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen, slice } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { type CaseState } from '../cases/case-state.js';
import { anotherCase } from '../cases/case-streams.js';
import { Prose } from '../fields.js';

@CommandInput('Opens a restricted case to all who see cases by their role.')
export class UnrestrictCase extends CaseCommand {
  @Prose('Why.')
  reason!: string;
}

@ObjectType({ description: 'The case was opened to all who see cases by their role.' })
@StoredEvent<CaseUnrestricted>('CaseUnrestricted', {
  version: 1,
  stix: 'none: who may see a case',
  summary: ({ reason }) => `Case unrestricted: ${excerpt(reason)}`,
})
export class CaseUnrestricted {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const unrestrictCase = slice<CaseState, UnrestrictCase>(
  UnrestrictCase,
  ({ reason }, state, { needed }) => {
    requireRestricted(state);
    for (const id of namedBy(state)) {
      if ((needed[id].state as Frozen<CaseState>).access.restricted)
        refuse(
          'NAMES_RESTRICTED',
          'A case that this one was related to or merged into is restricted, and whoever reads this one would learn of it: unrestrict that one first.',
        );
    }
    return [event(CaseUnrestricted, { reason })];
  },
  {
    right: 'MANAGE_MEMBERS',
    // Whoever reads its history later may see what its manager does not.
    weighsHidden: true,
    needs: (_command, _context, state) => {
      requireRestricted(state);
      return Object.fromEntries(namedBy(state).map((id) => [id, { kind: 'state', ...anotherCase(id) }]));
    },
  },
);

/** The cases that its history names, also where what it said of them stands no more. */
const namedBy = ({ caseRelations, merge }: Frozen<CaseState>): string[] => [
  ...new Set([...[...caseRelations.values()].map(({ otherCaseId }) => otherCaseId), ...merge.named]),
];

function requireRestricted({ access }: Frozen<CaseState>): void {
  if (!access.restricted) refuse('NOT_RESTRICTED', 'The case is not restricted.');
}
