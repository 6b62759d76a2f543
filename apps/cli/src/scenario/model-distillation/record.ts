import { member } from '../principals.js';
import { type Recording } from '../recording.js';
import { addParties, relateParties } from './parties.js';
import { addAssessments } from './assessments.js';
import { addStatements } from './statements.js';
import { addWhatWasSeen } from './seen.js';
import { addProducts } from './products.js';
import { en, Teller } from './teller.js';

/** The days of the recording, so to say: what stood there before the public statements is asked for. */
export const BEFORE_STATEMENTS = 'before the statements';
const STATEMENTS = 'the statements';

/**
 * A real investigation, as one press report tells it, in the order of its rows but for the public statements (9 to 11), which
 * come last. It says no more than the report: what that leaves open is NOT_STATED, and what the recorder adds is the recorder's.
 */
export async function recordModelDistillation(recording: Recording): Promise<void> {
  const teller = new Teller(recording);
  recording.startDay(BEFORE_STATEMENTS);
  await openCase(recording);
  await addParties(teller);
  await relateParties(teller);
  await addWhatWasSeen(teller);
  await addProducts(teller);
  await addAssessments(teller);
  recording.startDay(STATEMENTS);
  await addStatements(teller);
}

async function openCase(recording: Recording): Promise<void> {
  await recording.record('investigator', 'openCase', 'case', {
    title: "Suspicious activity through OpenAI's API, as one press report tells it",
    kind: 'SUSPICIOUS_ACTIVITY',
    description: en(
      'Recorded from one published press report, in French, undated in the copy at hand. The words are the ' +
        "recorder's, the certainty is the report's: it confirms nothing, and nobody in it makes a formal allegation.",
    ),
    members: [member('auditor')],
  });
}
