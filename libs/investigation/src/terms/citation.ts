import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { refuse } from '#event-sourcing/refusal.js';
import { type Frozen, type Need, type Needed } from '#event-sourcing/slice.js';
import { Id, Line, OptionalLine } from '../fields.js';
import { versionsInForce } from './in-force.js';
import { termsAggregate } from './terms-aggregate.js';
import { knownVersion, type TermsState } from './terms-state.js';
import { type TermsVersionFacts } from './version-fields.js';

/** A clause of terms that a command cites. */
@InputType({ description: 'A clause of recorded terms.' })
export class ClauseCitationInput {
  @Id('The terms.')
  termsId!: string;

  @OptionalLine('The version; omitted: the one that was in force at the time, if that is clear.')
  version?: string | null;

  @Line('The clause, by its number: `4.2`.')
  clause!: string;
}

/** A clause of terms as it was cited: what it said is what the terms said at that revision. */
@ObjectType({ description: 'A clause of recorded terms that is cited.' })
export class ClauseCitation {
  @Field(() => ID, { description: 'The terms.' })
  termsId!: string;

  @Field(() => Int, { description: 'The revision of the terms that was cited.' })
  termsRevision!: number;

  @Field(() => String, { description: 'The title of the terms.' })
  document!: string;

  @Field(() => String, { description: 'The version.' })
  version!: string;

  @Field(() => String, { description: 'The clause, by its number.' })
  clause!: string;
}

/** What a decision that cites terms needs: each document, under its id. */
export const needTerms = (citations: readonly ClauseCitationInput[]): Record<string, Need> =>
  Object.fromEntries(
    citations.map(({ termsId }) => [termsId, { kind: 'state', aggregate: termsAggregate, subjectId: termsId }]),
  );

/**
 * The citations as events keep them; undefined if there are none. Refuses with NOT_FOUND what there is not, with
 * TERMS_NOT_IN_FORCE a version that cannot have been in force at `time`, and with VERSION_UNCLEAR where none is named and not
 * exactly one can have been. What `before` cites already, and what may be cited still, stays cited as it was: under the title and as of
 * the revision that the terms had then.
 */
export function cited(
  citations: readonly ClauseCitationInput[],
  needed: Readonly<Record<string, Needed>>,
  time: string,
  before: readonly ClauseCitation[] = [],
): ClauseCitation[] | undefined {
  if (citations.length === 0) return undefined;
  return citations.map(({ termsId, version: named, clause }) => {
    const { revision: termsRevision, state } = needed[termsId] as Needed & { state: Frozen<TermsState> };
    if (!state.facts) refuse('NOT_FOUND', `There are no terms ${termsId}.`);
    const version = named ? inForce(state, named, time) : onlyInForce(state, time);
    if (!version.clauses.some((one) => one.clause === clause))
      refuse('NOT_FOUND', `Version ${version.version} of the terms has no clause ${clause} on record.`);
    const anew = { termsId, termsRevision, document: state.facts.title!, version: version.version!, clause };
    return before.find((one) => isOfTheSame(one, anew)) ?? anew;
  });
}

const isOfTheSame = (one: ClauseCitation, other: ClauseCitation): boolean =>
  one.termsId === other.termsId && one.version === other.version && one.clause === other.clause;

function inForce(state: Frozen<TermsState>, name: string, time: string): Frozen<TermsVersionFacts> {
  const version = knownVersion(state, name);
  const possible = versionsInForce(state, time);
  if (!possible.includes(version))
    refuse('TERMS_NOT_IN_FORCE', `Version ${name} was not in force at ${time}; ${listed(possible)}.`);
  return version;
}

function onlyInForce(state: Frozen<TermsState>, time: string): Frozen<TermsVersionFacts> {
  const possible = versionsInForce(state, time);
  if (possible.length !== 1)
    refuse('VERSION_UNCLEAR', `Name the version: at ${time} it is not clear which was in force; ${listed(possible)}.`);
  return possible[0];
}

const listed = (versions: readonly Frozen<TermsVersionFacts>[]): string =>
  versions.length === 0 ? 'none can have been' : `possible: ${versions.map(({ version }) => version).join(', ')}`;
