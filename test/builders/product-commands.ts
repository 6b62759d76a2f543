import { Comparison } from '#investigation/claims/comparison.js';
import { CorrectClaim } from '#investigation/claims/correct-claim.js';
import { CostClaim } from '#investigation/claims/cost-claim.js';
import { RecordClaim } from '#investigation/claims/record-claim.js';
import { Causation } from '#investigation/impacts/causation.js';
import { CorrectImpact } from '#investigation/impacts/correct-impact.js';
import { RecordImpact } from '#investigation/impacts/record-impact.js';
import { CorrectProduct } from '#investigation/products/correct-product.js';
import { ProductRelation } from '#investigation/products/product-relation.js';
import { RecordProduct } from '#investigation/products/record-product.js';
import { Amount } from '#investigation/values/amount.js';
import { builder } from './command-builder.js';
import { claim, impact, otherProduct, partner, product, provider, statement, subject } from './ids.js';
import { provision, source, text } from './values.js';

const amount = (): Amount =>
  Object.assign(new Amount(), {
    ...{ certainty: 'CLAIMED' as const, currency: 'USD', min: '5000000', max: '6000000.50' },
    ...{ approximate: true, asStated: 'under six million' },
  });

const offered = { productKind: 'MODEL' as const, name: 'R1', source: source(partner) };
const offeredMore = {
  version: '2025-01-20',
  description: text('A model that reasons.'),
  providers: [subject],
  availability: 'OPEN_SOURCE' as const,
  licence: text('MIT.'),
  provisions: [provision()],
  relatedProducts: [
    Object.assign(new ProductRelation(), {
      productId: otherProduct,
      relationKind: 'COMPETES_WITH' as const,
      asStated: text('It challenges it.'),
    }),
  ],
  url: 'https://example.org/r1',
  releasedAt: '2025-01',
};

export const productCommands = {
  recordProduct: builder(RecordProduct, offered, { ...offeredMore, productId: product }),
  correctProduct: builder(
    CorrectProduct,
    { ...offered, productId: product, name: 'R1-Zero', reason: 'Another one.' },
    offeredMore,
  ),
};

const claimed = { text: text('It equals them.'), source: source(subject, partner), claimKind: 'PARITY' as const };
const claimedMore = {
  about: [product],
  statedIn: [statement],
  comparisons: [
    Object.assign(new Comparison(), {
      ...{ criterion: 'mathematics', outcome: 'EQUALS_OR_SURPASSES' as const },
      ...{ comparedWith: [otherProduct], asStated: 'equals or even surpasses' },
    }),
  ],
  criteriaAreExamples: true,
  cost: Object.assign(new CostClaim(), {
    ...{ costOf: 'TRAINING' as const, amount: amount(), comparedWith: [otherProduct] },
    asStated: 'a fraction of the cost',
  }),
  occurredAt: '2025-01',
};

export const claimCommands = {
  recordClaim: builder(RecordClaim, claimed, { ...claimedMore, claimId: claim }),
  correctClaim: builder(
    CorrectClaim,
    { ...claimed, claimId: claim, text: text('It surpasses them.'), reason: 'Misread.' },
    claimedMore,
  ),
};

const lost = { description: text('Shares fell.'), source: source(partner) };
const lostMore = {
  lossKind: 'BRAND_DAMAGE' as const,
  affected: [provider],
  amount: amount(),
  causation: Object.assign(new Causation(), {
    ...{ causationKind: 'CAUSED' as const, causes: [claim], asStated: text('It led to a fall.') },
    source: source(provider, partner),
  }),
  about: [product],
  occurredAt: '2025-01-27',
};

export const impactCommands = {
  recordImpact: builder(RecordImpact, lost, { ...lostMore, impactId: impact }),
  correctImpact: builder(
    CorrectImpact,
    { ...lost, impactId: impact, description: text('Shares fell, and rose again.'), reason: 'The day after.' },
    lostMore,
  ),
};
