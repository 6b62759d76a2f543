import { issueKeys } from '../../apps/cli/src/scenario/principals.js';
import { askAll } from '../../apps/cli/src/scenario/question.js';
import { recordScenarios, scenarioQuestions } from '../../apps/cli/src/scenario/record-scenarios.js';

/** Records both scenarios, whatever of them is there already, and asks their questions; returns what is told of each. */
export async function recordAndAsk({ url, adminKey }: { url: string; adminKey: string }): Promise<string[]> {
  const scenarios = await recordScenarios(url, (await issueKeys(url, adminKey)).keys);
  const told: string[] = [];
  for (const { questions } of scenarioQuestions(scenarios)) await askAll(questions, (line) => told.push(line));
  return told;
}

/** As every question must be answered: see `expect`. */
export const ALL_RIGHT = Array.from({ length: 12 }, () => expect.stringMatching(/^ok /) as string);
