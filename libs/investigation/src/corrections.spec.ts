import 'reflect-metadata';
import { type Class, type DecidedEvent, event } from '#event-sourcing/event.js';
import { type AnySlice, type CommandFields } from '#event-sourcing/slice.js';
import { type CommandName, commands } from '../../../test/builders/case-commands.js';
import { caseClosed, openCase, recordRetracted } from '../../../test/builders/case-events.js';
import { given } from '../../../test/builders/decide.js';
import {
  authorityRequest,
  claim,
  cooperation,
  counselEngagement,
  countermeasure,
  impact,
  partner,
  product,
  referral,
  unknown,
} from '../../../test/builders/ids.js';
import { acceptable } from '../../../test/builders/preconditions.js';
import { claimRecorded, impactRecorded, productRecorded, withProducts } from '../../../test/builders/product-events.js';
import {
  authorityRequestReceived,
  cooperationOpened,
  counselEngaged,
  countermeasureProposed,
  referredToAuthority,
} from '../../../test/builders/response-events.js';
import { source } from '../../../test/builders/values.js';
import { AuthorityRequestCorrected } from './authority-requests/correct-authority-request.js';
import { capabilities } from './capabilities.js';
import { caseAggregate } from './case-aggregate.js';
import { type CaseState } from './cases/case-state.js';
import { ClaimCorrected } from './claims/correct-claim.js';
import { CooperationCorrected } from './cooperations/correct-cooperation.js';
import { CounselEngagementCorrected } from './counsel-engagements/correct-counsel-engagement.js';
import { CountermeasureCorrected } from './countermeasures/correct-countermeasure.js';
import { ImpactCorrected } from './impacts/correct-impact.js';
import { ProductCorrected } from './products/correct-product.js';
import { ReferralCorrected } from './referrals/correct-referral.js';

const slices = new Map(capabilities.flatMap((one) => one.slices.map((slice) => [slice.name, slice] as const)));

/** A command that replaces what a record says: the record as it was recorded, last of the events, and what it leads to. */
interface Correction {
  name: CommandName;
  kind: string;
  id: string;
  eventClass: Class;
  before: readonly DecidedEvent[];
}

const CORRECTIONS: Correction[] = [
  {
    ...{ name: 'correctProduct', kind: 'product', id: product, eventClass: ProductCorrected },
    before: [...openCase, productRecorded()],
  },
  {
    ...{ name: 'correctClaim', kind: 'claim', id: claim, eventClass: ClaimCorrected },
    before: [...withProducts, claimRecorded()],
  },
  {
    ...{ name: 'correctImpact', kind: 'impact', id: impact, eventClass: ImpactCorrected },
    before: [...withProducts, impactRecorded()],
  },
  {
    ...{ name: 'correctCountermeasure', kind: 'countermeasure', id: countermeasure },
    ...{ eventClass: CountermeasureCorrected, before: [...openCase, countermeasureProposed()] },
  },
  {
    ...{ name: 'correctReferral', kind: 'referral', id: referral, eventClass: ReferralCorrected },
    before: [...openCase, referredToAuthority()],
  },
  {
    ...{ name: 'correctAuthorityRequest', kind: 'authorityRequest', id: authorityRequest },
    ...{ eventClass: AuthorityRequestCorrected, before: [...openCase, authorityRequestReceived()] },
  },
  {
    ...{ name: 'correctCooperation', kind: 'cooperation', id: cooperation, eventClass: CooperationCorrected },
    before: [...openCase, cooperationOpened()],
  },
  {
    ...{ name: 'correctCounselEngagement', kind: 'counselEngagement', id: counselEngagement },
    ...{ eventClass: CounselEngagementCorrected, before: [...openCase, counselEngaged()] },
  },
];

/** What a command says, as its event keeps it. */
function corrected({ eventClass }: Correction, command: object): DecidedEvent {
  const { commandId, caseId, ...facts } = command as Record<string, unknown>;
  return event(eventClass as Class<object>, facts);
}

describe.each(CORRECTIONS.map((one) => [one.name, one] as const))('%s', (name, correction) => {
  const { kind, id, before } = correction;
  const slice = slices.get(name) as AnySlice<CaseState>;
  const build = commands[name] as unknown as (over?: object) => CommandFields;

  it('replaces the record whole: what is omitted is no longer stated', () => {
    given(caseAggregate, ...before)
      .when(slice, build())
      .then(corrected(correction, build()));
  });

  it('keeps all that is given', () => {
    const { events, command } = acceptable(name, 'full');
    given(caseAggregate, ...events)
      .when(slice, command)
      .then(corrected(correction, command));
  });

  it('refuses what says exactly the same, whether as first recorded or as corrected last', () => {
    const { occurredAt, ...asRecorded } = before.at(-1)!.payload;
    const same = 'occurredAt' in (build() as object) ? { ...asRecorded, occurredAt } : asRecorded;
    given(caseAggregate, ...before)
      .when(slice, build(same))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...before, corrected(correction, build()))
      .when(slice, build())
      .thenRefused('NOTHING_CHANGED');
  });

  it('refuses a record that is retracted', () => {
    given(caseAggregate, ...before, recordRetracted(id, kind))
      .when(slice, build())
      .thenRefused('RECORD_RETRACTED');
  });

  it.each([
    ['an unknown record', { [`${kind}Id`]: unknown }],
    ['the id of a record of another kind', { [`${kind}Id`]: partner }],
    ['an unknown source', { source: source(unknown) }],
  ])('refuses %s', (_, over) => {
    given(caseAggregate, ...before)
      .when(slice, build(over))
      .thenRefused('NOT_FOUND');
  });

  it('refuses on a closed case', () => {
    given(caseAggregate, ...before, caseClosed())
      .when(slice, build())
      .thenRefused('CASE_CLOSED');
  });
});

describe('a record that would be its own', () => {
  it('relation is refused', () => {
    const relatedProducts = [{ productId: product, relationKind: 'PART_OF' as const }];
    given(caseAggregate, ...withProducts)
      .when(slices.get('correctProduct')!, commands.correctProduct({ relatedProducts }))
      .thenRefused('RELATED_TO_ITSELF');
  });

  it('cause is refused', () => {
    const causation = { causationKind: 'CAUSED' as const, causes: [impact] };
    given(caseAggregate, ...withProducts, impactRecorded())
      .when(slices.get('correctImpact')!, commands.correctImpact({ causation }))
      .thenRefused('CAUSED_BY_ITSELF');
  });
});
