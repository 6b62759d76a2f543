import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { ClaimRecorded } from '#investigation/claims/record-claim.js';
import { ImpactRecorded } from '#investigation/impacts/record-impact.js';
import { ProductRecorded } from '#investigation/products/record-product.js';
import { claim, impact, otherProduct, partner, product, subject } from './ids.js';
import { statementRecorded } from './statement-events.js';
import { openCase } from './case-events.js';
import { source, text } from './values.js';

export const productRecorded = (over: Partial<ProductRecorded> = {}): DecidedEvent =>
  event(ProductRecorded, {
    ...{ productId: product, productKind: 'MODEL', name: 'R1', source: source(partner), providers: [] },
    ...{ availability: 'NOT_STATED', provisions: [], relatedProducts: [], releasedAt: 'NOT_STATED' },
    ...over,
  });

export const claimRecorded = (over: Partial<ClaimRecorded> = {}): DecidedEvent =>
  event(ClaimRecorded, {
    ...{ claimId: claim, text: text('It equals them.'), source: source(subject, partner), claimKind: 'PARITY' },
    ...{ about: [], statedIn: [], comparisons: [], occurredAt: 'NOT_STATED' },
    ...over,
  });

export const impactRecorded = (over: Partial<ImpactRecorded> = {}): DecidedEvent =>
  event(ImpactRecorded, {
    ...{ impactId: impact, description: text('Shares fell.'), source: source(partner), lossKind: 'NOT_STATED' },
    ...{ affected: [], about: [], occurredAt: 'NOT_STATED' },
    ...over,
  });

/** An open case with two products and a statement: what claims and impacts are about. */
export const withProducts: readonly DecidedEvent[] = [
  ...openCase,
  productRecorded({ productId: otherProduct, name: 'o1' }),
  productRecorded(),
  statementRecorded(),
];
