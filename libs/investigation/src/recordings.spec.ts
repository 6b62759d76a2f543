import 'reflect-metadata';
import { type Class, type DecidedEvent, event } from '#event-sourcing/event.js';
import { type AnySlice, type CommandFields } from '#event-sourcing/slice.js';
import { type CommandName, commands } from '../../../test/builders/case-commands.js';
import { caseClosed } from '../../../test/builders/case-events.js';
import { derivedId, given } from '../../../test/builders/decide.js';
import { CASE, partner, product, unknown } from '../../../test/builders/ids.js';
import { acceptable } from '../../../test/builders/preconditions.js';
import { source, text } from '../../../test/builders/values.js';
import { AuthorityRequestReceived } from './authority-requests/record-authority-request.js';
import { capabilities } from './capabilities.js';
import { caseAggregate } from './case-aggregate.js';
import { type CaseState } from './cases/case-state.js';
import { ClaimRecorded } from './claims/record-claim.js';
import { CooperationOpened } from './cooperations/open-cooperation.js';
import { CounselEngaged } from './counsel-engagements/engage-counsel.js';
import { CountermeasureProposed } from './countermeasures/propose-countermeasure.js';
import { CountermeasureTaken } from './countermeasures/record-countermeasure-taken.js';
import { ImpactRecorded } from './impacts/record-impact.js';
import { ProductRecorded } from './products/record-product.js';
import { ReferredToAuthority } from './referrals/refer-to-authority.js';

const slices = new Map(capabilities.flatMap((one) => one.slices.map((slice) => [slice.name, slice] as const)));

/** A command that records something: what it leads to, and ways of naming what is not in the case. */
interface Recording {
  name: CommandName;
  idField: string;
  eventClass: Class;
  unknown: Record<string, object>;
}

const saidBy = { 'an unknown source': { source: source(unknown) } };
const viaWhom = { 'an unknown relay': { source: source(partner, unknown) } };
const aboutWhat = { 'an unknown record that it is about': { about: [unknown] } };
const byWhom = { 'an unknown party that does it': { byPartyId: unknown } };
const related = { productId: unknown, relationKind: 'PART_OF' };
const comparison = { criterion: 'mathematics', outcome: 'EQUALS', comparedWith: [unknown] };
const cause = { causationKind: 'CAUSED', causes: [] };

const RECORDINGS: Recording[] = [
  {
    ...{ name: 'recordProduct', idField: 'productId', eventClass: ProductRecorded },
    unknown: {
      ...{ ...saidBy, ...viaWhom, 'an unknown provider': { providers: [unknown] } },
      'an unknown related product': { relatedProducts: [related] },
      'a party as a related product': { relatedProducts: [{ ...related, productId: partner }] },
      'itself as a related product': { productId: product, relatedProducts: [{ ...related, productId: product }] },
    },
  },
  {
    ...{ name: 'recordClaim', idField: 'claimId', eventClass: ClaimRecorded },
    unknown: {
      ...{ ...saidBy, ...viaWhom, ...aboutWhat, 'an unknown statement': { statedIn: [unknown] } },
      'an unknown thing compared with': { comparisons: [comparison] },
      'an unknown thing that costs more': { cost: { costOf: 'USE', comparedWith: [unknown] } },
    },
  },
  {
    ...{ name: 'recordImpact', idField: 'impactId', eventClass: ImpactRecorded },
    unknown: {
      ...{ ...saidBy, ...viaWhom, ...aboutWhat, 'an unknown party affected': { affected: [unknown] } },
      'an unknown cause': { causation: { ...cause, causes: [unknown] } },
      'an unknown source of the cause': { causation: { ...cause, source: source(unknown) } },
      'an unknown relay of the cause': { causation: { ...cause, source: source(partner, unknown) } },
    },
  },
  ...(
    [
      ['proposeCountermeasure', CountermeasureProposed],
      ['recordCountermeasureTaken', CountermeasureTaken],
    ] as const
  ).map(([name, eventClass]) => ({
    ...{ name, idField: 'countermeasureId', eventClass },
    unknown: { ...saidBy, ...viaWhom, ...aboutWhat, ...byWhom, 'an unknown subject': { subjects: [unknown] } },
  })),
  {
    ...{ name: 'referToAuthority', idField: 'referralId', eventClass: ReferredToAuthority },
    unknown: { ...saidBy, ...viaWhom, ...aboutWhat, ...byWhom, 'an unknown authority': { authorityId: unknown } },
  },
  {
    ...{ name: 'recordAuthorityRequest', idField: 'authorityRequestId', eventClass: AuthorityRequestReceived },
    unknown: {
      ...{ ...saidBy, ...viaWhom, ...aboutWhat, 'an unknown authority': { authorityId: unknown } },
      ...{ 'an unknown party asked': { toPartyId: unknown }, 'an unknown subject': { subjects: [unknown] } },
    },
  },
  {
    ...{ name: 'openCooperation', idField: 'cooperationId', eventClass: CooperationOpened },
    unknown: { ...saidBy, ...viaWhom, ...aboutWhat, ...byWhom, 'an unknown authority': { authorities: [unknown] } },
  },
  {
    ...{ name: 'engageCounsel', idField: 'counselEngagementId', eventClass: CounselEngaged },
    unknown: {
      ...{ ...saidBy, ...viaWhom, ...aboutWhat, 'unknown counsel': { counsel: [unknown] } },
      'an unknown client': { clientId: unknown },
    },
  },
];

/** What is recorded of a command: all that it says, under the id of the new record, and nothing else. */
function recorded({ idField, eventClass }: Recording, command: object): DecidedEvent {
  const { commandId, caseId, ...facts } = command as Record<string, unknown>;
  return event(eventClass as Class<object>, { [idField]: derivedId(`case-${CASE}`, 'c1'), ...facts });
}

describe.each(RECORDINGS.map((one) => [one.name, one] as const))('%s', (name, recording) => {
  const slice = slices.get(name) as AnySlice<CaseState>;
  const { events } = acceptable(name, 'minimal');
  const build = commands[name] as unknown as (over?: object) => CommandFields;

  it('records exactly what is given, when that is little and when it is all there can be', () => {
    for (const shape of ['minimal', 'full'] as const) {
      const { command } = acceptable(name, shape);
      given(caseAggregate, ...events)
        .when(slice, command)
        .then(recorded(recording, command));
    }
  });

  it.each(Object.entries(recording.unknown))('refuses %s', (_, over) => {
    given(caseAggregate, ...events)
      .when(slice, build(over))
      .thenRefused('NOT_FOUND');
  });

  it('refuses an id that is taken', () => {
    given(caseAggregate, ...events)
      .when(slice, build({ [recording.idField]: partner }))
      .thenRefused('ALREADY_EXISTS');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...events, caseClosed())
      .when(slice, build({ text: text('Late.') }))
      .thenRefused('CASE_CLOSED');
  });
});
