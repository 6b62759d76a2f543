import { en, type Teller } from './teller.js';

/** What is assessed: the link by those who observed, as the report tells; the techniques by the recorder alone. */
export async function addAssessments(teller: Teller): Promise<void> {
  await teller.record('assessAttribution', 'attribution', 'attributionId', {
    subjectId: teller.id('individuals'),
    toPartyId: teller.id('deepseek'),
    attributionKind: 'LINKED_TO',
    assessedBy: teller.id('researchers'),
    assessedVia: teller.ids('report', 'bloomberg'),
    description: en('The individuals might be linked to DeepSeek. On what basis is not stated.'),
  });
  const technique = (name: string, mitreId: string, text: string) =>
    teller.record('suspectTechnique', `technique/${name}`, 'techniqueId', {
      framework: 'ATLAS',
      mitreId,
      about: teller.ids('observation'),
      subjects: teller.ids('individuals'),
      assessmentBasis: en(text),
    });
  await technique(
    'access',
    'AML.T0040',
    'The recorder\'s reading of "through OpenAI\'s API": the report names no technique of ATLAS.',
  );
  await technique(
    'extraction',
    'AML.T0024.002',
    'The recorder\'s reading of "distillation", which is Sacks\' word in the report: it names no technique of ATLAS.',
  );
}
