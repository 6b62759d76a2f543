import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen } from '#event-sourcing/slice.js';
import { CaseCommand } from '../cases/case-command.js';
import { Choice, Ids, OptionalId, OptionalLine, Parts, SaidBy, When, Words } from '../fields.js';
import { known, requireParties, requireRecords, type WithRecords } from '../known-records.js';
import { type PartiesState } from '../parties/party-state.js';
import { type ReportsState } from '../reports/report-state.js';
import { FuzzyTime } from '../values/fuzzy-time-scalar.js';
import { Source, type SourceInput } from '../values/source.js';
import { Text, type TextInput } from '../values/text.js';
import { Awareness } from './awareness.js';
import { StatedClaim } from './stated-claim.js';
import { StatementMedium, Wording } from './statement-medium.js';

/** What somebody said, as the commands take it. */
@InputType({ isAbstract: true })
export abstract class StatementCommand extends CaseCommand {
  @Words('What was said, in its own language, perhaps with a translation.')
  text!: TextInput;

  @SaidBy('The speaker (`assertedBy`), through whom it is known, and how good that is.')
  source!: SourceInput;

  @OptionalId('The party that the speaker speaks for, or belongs to.')
  affiliationId?: string | null;

  @OptionalLine('In what capacity the speaker speaks, in the words of the source: `spokesperson`.')
  capacity?: string | null;

  @Choice(StatementMedium, 'In what form it was said.', 'NOT_STATED')
  medium: StatementMedium = 'NOT_STATED';

  @Choice(Wording, 'Whether the text gives the words of the speaker.', 'NOT_STATED')
  wording: Wording = 'NOT_STATED';

  @Parts(Text, 50, 'What is quoted of it word by word.')
  quotations: Text[] = [];

  @Parts(StatedClaim, 100, 'What it claims, each as firmly as it is said.')
  claims: StatedClaim[] = [];

  @Parts(Awareness, 50, 'What it says that the speaker, or the party spoken for, knew.')
  awareness: Awareness[] = [];

  @OptionalId('What it responds to: a statement or another record of this case.')
  inResponseTo?: string | null;

  @Ids('Reports in which it stands.')
  reportedIn: string[] = [];

  @Ids('Parties and records of this case that it is about.')
  about: string[] = [];

  @When('When it was said.')
  occurredAt: string = 'NOT_STATED';
}

/** What somebody said, as the events keep it. */
@ObjectType({ isAbstract: true })
export abstract class StatementFacts {
  @Field(() => ID, { description: 'The statement.' })
  statementId!: string;

  @Field(() => Text, { description: 'What it says.' })
  text!: Text;

  @Field(() => Source, { description: 'Who says so, through whom, and how good that is.' })
  source!: Source;

  @Field(() => ID, { nullable: true, description: 'The party that the speaker speaks for, or belongs to.' })
  affiliationId?: string;

  @Field(() => String, { nullable: true, description: 'In what capacity the speaker speaks.' })
  capacity?: string;

  @Field(() => StatementMedium, { description: 'In what form it was said.' })
  medium!: StatementMedium;

  @Field(() => Wording, { description: 'Whether the text gives the words of the speaker.' })
  wording!: Wording;

  @Field(() => [Text], { description: 'What is quoted of it word by word.' })
  quotations!: Text[];

  @Field(() => [StatedClaim], { description: 'What it claims, each as firmly as it is said.' })
  claims!: StatedClaim[];

  @Field(() => [Awareness], { description: 'What it says that somebody knew.' })
  awareness!: Awareness[];

  @Field(() => ID, { nullable: true, description: 'What it responds to.' })
  inResponseTo?: string;

  @Field(() => [ID], { description: 'Reports in which it stands.' })
  reportedIn!: string[];

  @Field(() => [ID], { description: 'Records that it is about.' })
  about!: string[];

  @Field(() => FuzzyTime, { description: 'When it happened in the world, as stated.' })
  occurredAt!: string;
}

/** So many records may one statement say that parties knew of, counted for each party: each is a row of what was known. */
const MOST_KNOWN = 1_000;

function checkHowMuchIsKnown(awareness: readonly Awareness[]): void {
  const kept = awareness.filter(({ awarenessKind }) => awarenessKind === 'KNEW');
  const count = kept.reduce((sum, { about }) => sum + (about?.length ?? 0), 0);
  if (count <= MOST_KNOWN) return;
  const message = `A statement may say of ${MOST_KNOWN} records that they were known, counted for each party; these are ${count}. Record it as several.`;
  refuse('LIMIT_EXCEEDED', message, { limit: 'known records', allowed: MOST_KNOWN });
}

/** The facts of a command, everything it names checked. */
export function statementFacts(
  command: StatementCommand,
  state: Frozen<PartiesState & WithRecords & ReportsState>,
): Omit<StatementFacts, 'statementId'> {
  const { text, source, medium, wording, quotations, claims, awareness, reportedIn, about, occurredAt } = command;
  const affiliationId = command.affiliationId ?? undefined;
  const inResponseTo = command.inResponseTo ?? undefined;
  const capacity = command.capacity ?? undefined;
  const knowers = awareness.map(({ knowerId }) => knowerId);
  requireParties(state, [source.assertedBy, ...(source.via ?? []), affiliationId, ...knowers]);
  requireRecords(state, [...about, ...[...claims, ...awareness].flatMap((part) => part.about ?? [])]);
  checkHowMuchIsKnown(awareness);
  if (inResponseTo !== undefined) known(state.records, inResponseTo, 'record');
  for (const id of reportedIn) known(state.reports, id, 'report');
  return {
    ...{ text, source, affiliationId, capacity, medium, wording, quotations, claims, awareness },
    ...{ inResponseTo, reportedIn, about, occurredAt },
  };
}
