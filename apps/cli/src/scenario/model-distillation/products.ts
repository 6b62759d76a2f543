import { en, type Teller } from './teller.js';

/** Rows 3, 6, 7 and 8: the products, what is claimed of them, and what followed. */
export async function addProducts(teller: Teller): Promise<void> {
  await teller.record('recordProduct', 'api', 'productId', {
    productKind: 'API',
    name: "OpenAI's API",
    providers: teller.ids('openai'),
    licence: en(
      "Developers can pay for a licence to integrate OpenAI's proprietary models into their own applications.",
    ),
    source: teller.said(),
  });
  await teller.record('recordProduct', 'chatgpt', 'productId', {
    productKind: 'SERVICE',
    name: 'ChatGPT',
    providers: teller.ids('openai'),
    source: teller.said(),
  });
  await teller.record('recordProduct', 'r1', 'productId', {
    productKind: 'MODEL',
    name: 'R1',
    providers: teller.ids('deepseek'),
    availability: 'OPEN_SOURCE',
    description: en('Recently unveiled; distinguished by its ability to imitate human reasoning.'),
    source: teller.said(),
  });
  await teller.record('recordClaim', 'claim/market', 'claimId', {
    claimKind: 'MARKET_POSITION',
    text: en('R1 challenges the dominant position of OpenAI and of giants such as Google and Meta in the AI market.'),
    about: teller.ids('r1', 'openai', 'google', 'meta'),
    statedIn: teller.ids('press-report'),
    source: teller.said(),
  });
  await teller.record('recordStatement', 'row/7', 'statementId', {
    source: teller.said('deepseek'),
    reportedIn: teller.ids('press-report'),
    wording: 'PARAPHRASE',
    text: en(
      "R1 equals or even surpasses the American groups' models on several criteria, such as mathematics and general " +
        'knowledge, at a fraction of the cost.',
    ),
    about: teller.ids('r1'),
  });
  const compared = (criterion: string) => ({
    criterion,
    outcome: 'EQUALS_OR_SURPASSES',
    asStated: "the American groups' models",
  });
  await teller.record('recordClaim', 'claim/parity', 'claimId', {
    claimKind: 'PARITY',
    text: en("R1 equals or even surpasses the American groups' models on several criteria, at a fraction of the cost."),
    comparisons: [compared('mathematics'), compared('general knowledge')],
    criteriaAreExamples: true,
    cost: { asStated: 'a fraction of the cost' },
    about: teller.ids('r1'),
    statedIn: teller.ids('row/7'),
    source: teller.said('deepseek'),
  });
  await teller.record('recordImpact', 'row/8', 'impactId', {
    description: en('The shares of companies linked to AI fell, among them these.'),
    affected: teller.ids('microsoft', 'nvidia', 'oracle', 'alphabet'),
    causation: {
      causationKind: 'CAUSED',
      causes: teller.ids('row/7'),
      asStated: en('That announcement caused the fall.'),
    },
    source: teller.said(),
  });
  await teller.record('linkRecords', 'link/8-7', 'linkId', {
    fromRecordId: teller.id('row/8'),
    linkKind: 'OCCURRED_AFTER',
    toRecordId: teller.id('row/7'),
  });
}
