import { isDeepStrictEqual } from 'node:util';

/** A question that a recording must answer, and what it must answer. */
export interface Question {
  text: string;
  ask: () => Promise<{ found: unknown; words: string }>;
  expected: unknown;
}

/** Asks the questions in order, prints each with its answer in words; returns how many answers are wrong. */
export async function askAll(questions: Question[], print: (line: string) => void): Promise<number> {
  let wrong = 0;
  for (const { text, ask, expected } of questions) {
    const { found, words } = await ask();
    const right = isDeepStrictEqual(found, expected);
    print(`${right ? 'ok   ' : 'WRONG'} ${text}\n      ${words}`);
    if (right) continue;
    wrong += 1;
    print(`      expected ${JSON.stringify(expected)}\n      found    ${JSON.stringify(found)}`);
  }
  return wrong;
}
