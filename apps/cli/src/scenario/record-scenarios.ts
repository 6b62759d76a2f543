import { GraphqlClient } from '../graphql-client.js';
import { type Attempts, recordInventedConfirmed } from './invented-confirmed.js';
import { inventedQuestions } from './invented-questions.js';
import { recordModelDistillation } from './model-distillation/record.js';
import { modelDistillationQuestions } from './model-distillation/questions.js';
import { PRINCIPALS, type PrincipalName } from './principals.js';
import { type Question } from './question.js';
import { Recording } from './recording.js';

/** Both scenarios, recorded. */
export interface Scenarios {
  real: Recording;
  invented: Recording;
  attempts: Attempts;
}

/** Records the real investigation, then the invented one. What the server has of them already stays as it is. */
export async function recordScenarios(url: string, keys: Record<PrincipalName, string>): Promise<Scenarios> {
  const clients = Object.fromEntries(PRINCIPALS.map((name) => [name, new GraphqlClient(url, keys[name])])) as Record<
    PrincipalName,
    GraphqlClient
  >;
  const real = new Recording('model-distillation', clients);
  await recordModelDistillation(real);
  const invented = new Recording('invented-confirmed', clients);
  const attempts = await recordInventedConfirmed(invented);
  return { real, invented, attempts };
}

/** The questions that today's commands and queries can answer. */
export function scenarioQuestions({ real, invented, attempts }: Scenarios): { title: string; questions: Question[] }[] {
  return [
    { title: 'A real investigation, as one press report tells it', questions: modelDistillationQuestions(real) },
    { title: 'An invented investigation that runs to its end', questions: inventedQuestions(invented, attempts) },
  ];
}
