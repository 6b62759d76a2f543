import { en, type Teller } from './teller.js';

/** Rows 9, 10 and 11: the public statements. */
export async function addStatements(teller: Teller): Promise<void> {
  const reportedIn = teller.ids('press-report');
  await teller.record('recordStatement', 'row/9', 'statementId', {
    source: teller.said('sacks'),
    capacity: '"czar" for AI and crypto-currencies',
    reportedIn,
    wording: 'MIXED',
    text: en("There is substantial evidence that DeepSeek relied on OpenAI's models to develop its own technology."),
    quotations: [
      {
        text: 'des preuves substantielles',
        language: 'fr',
        translation: { text: 'substantial evidence', language: 'en' },
      },
    ],
    claims: [
      {
        modality: 'ASSERTED',
        text: en("There is substantial evidence that DeepSeek relied on OpenAI's models."),
        about: teller.ids('deepseek'),
      },
      {
        modality: 'CONDITIONAL',
        text: en(
          "The technique would be distillation: one model uses another's data to train itself and develop similar abilities.",
        ),
        about: teller.ids('technique/extraction'),
      },
    ],
    about: teller.ids('deepseek', 'openai'),
  });
  await teller.record('recordStatement', 'row/10', 'statementId', {
    source: teller.said('spokesperson'),
    affiliationId: teller.id('openai'),
    capacity: 'spokesperson',
    inResponseTo: teller.id('row/9'),
    reportedIn,
    wording: 'PARAPHRASE',
    text: en(
      'The company was aware that companies based in China, and others, constantly try to distil the models of the leading ' +
        'US AI companies.',
    ),
    awareness: [
      {
        knowerId: teller.id('openai'),
        awarenessKind: 'KNEW',
        text: en(
          'That companies based in China, and others, constantly try to distil the models of leading US AI companies.',
        ),
      },
    ],
    about: teller.ids('openai'),
  });
  await teller.record('recordStatement', 'row/11', 'statementId', {
    source: teller.said('openai'),
    reportedIn,
    wording: 'PARAPHRASE',
    text: en(
      'The company takes measures to protect its intellectual property, and works closely with the US government to defend ' +
        'itself against these threats.',
    ),
    about: teller.ids('openai', 'us-government'),
  });
  await teller.record('recordCountermeasureTaken', 'measures', 'countermeasureId', {
    countermeasureKind: 'NOT_STATED',
    description: en('Measures to protect its intellectual property.'),
    byPartyId: teller.id('openai'),
    about: teller.ids('row/11'),
    source: teller.said('openai'),
  });
  await teller.record('openCooperation', 'cooperation', 'cooperationId', {
    description: en('Works closely with the US government to defend itself against these threats.'),
    byPartyId: teller.id('openai'),
    authorities: teller.ids('us-government'),
    about: teller.ids('row/11'),
    source: teller.said('openai'),
  });
}
