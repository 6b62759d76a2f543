import { Field, ObjectType } from '@nestjs/graphql';
import { CommandInput } from '#event-sourcing/command.js';
import { event, StoredEvent } from '#event-sourcing/event.js';
import { excerpt } from '#event-sourcing/excerpt.js';
import { slice } from '#event-sourcing/slice.js';
import { type CaseState, requireOpen } from '../cases/case-state.js';
import { requireChanged, standing } from '../correctable.js';
import { Id, Prose } from '../fields.js';
import { LinkCommand, LinkFacts, linkFacts } from './link-fields.js';

@CommandInput('Replaces what a link between two records says, whole; what it said stays in history.')
export class CorrectLink extends LinkCommand {
  @Id('The link.')
  linkId!: string;

  @Prose('Why it is corrected.')
  reason!: string;
}

@ObjectType({ description: 'What a link between two records says was replaced, whole.' })
@StoredEvent<LinkCorrected>('LinkCorrected', {
  version: 1,
  stix: 'opinion: a later version of it (modified)',
  summary: ({ reason }) => `Link corrected: ${excerpt(reason)}`,
})
export class LinkCorrected extends LinkFacts {
  @Field(() => String, { nullable: true, description: 'Why.' })
  reason?: string;
}

export const correctLink = slice<CaseState, CorrectLink>(CorrectLink, (command, state) => {
  requireOpen(state);
  const { linkId, reason } = command;
  const link = standing(state.links, linkId, 'link');
  const facts = linkFacts(command, state, linkId);
  requireChanged(link, facts);
  return [event(LinkCorrected, { linkId, ...facts, reason })];
});
