import { type Attempts } from './invented-confirmed.js';
import { type Question } from './question.js';
import { type Recording } from './recording.js';
import { whatWasKnown, whatWasTold } from './known-and-told.js';

interface Quantity {
  of: string;
  exact: number | null;
  min: number | null;
  max: number | null;
}

/** The five questions of the invented investigation, with what its recording must answer. */
export function inventedQuestions(recording: Recording, attempts: Attempts): Question[] {
  return [
    whatWasKnown(recording),
    whatWasTold(recording),
    accountsThenAndLater(recording),
    whoConfirmed(recording, attempts),
    howOftenOpen(recording),
  ];
}

function accountsThenAndLater(recording: Recording): Question {
  const document = `query ($caseId: ID!, $thursday: Sequence!, $saturday: Sequence!) {
    thursday: case(id: $caseId, asOf: { sequence: $thursday }) { ...accounts }
    saturday: case(id: $caseId, asOf: { sequence: $saturday }) { ...accounts }
    changed: case(id: $caseId) {
      changes(from: { sequence: $thursday }, to: { sequence: $saturday }) { record field old new actor { id } reason }
    }
  }
  fragment accounts on Case { observations(first: 100) { nodes { quantities { of exact min max } } } }`;
  interface Accounts {
    observations: { nodes: { quantities: Quantity[] }[] };
  }
  interface Change {
    record: string;
    field: string;
    old: Quantity[];
    new: Quantity[];
    actor: { id: string };
    reason: string;
  }
  return {
    text: 'How many accounts did the record say on Thu 13 Mar, and how many on Sat 15 Mar? Who changed it, and why?',
    expected: {
      thursday: '31 to 44',
      saturday: '31',
      changes: [
        {
          old: '31 to 44',
          new: '31',
          by: 'example-investigator',
          reason: 'A clock error was found in the usage logs.',
        },
      ],
    },
    ask: async () => {
      const days = { thursday: recording.on('2025-03-13'), saturday: recording.on('2025-03-15') };
      const answer = await recording.ask<{ thursday: Accounts; saturday: Accounts; changed: { changes: Change[] } }>(
        document,
        days,
      );
      const [thursday, saturday] = [answer.thursday, answer.saturday].map(({ observations }) =>
        accounts(observations.nodes.flatMap(({ quantities }) => quantities)),
      );
      const changes = answer.changed.changes
        .filter(({ record, field }) => record === recording.id('observation') && field === 'quantities')
        .map((change) => ({
          old: accounts(change.old),
          new: accounts(change.new),
          by: change.actor.id,
          reason: change.reason,
        }));
      const who = changes.map(({ by, reason }) => `${by} changed it: "${reason}"`).join('; ');
      return {
        found: { thursday, saturday, changes },
        words: `${thursday} on Thursday, ${saturday} on Saturday. ${who}`,
      };
    },
  };
}

function accounts(quantities: Quantity[]): string {
  return quantities
    .filter(({ of }) => of === 'ACCOUNTS')
    .map(({ exact, min, max }) => (typeof exact === 'number' ? String(exact) : `${min} to ${max}`))
    .join(', ');
}

function whoConfirmed(recording: Recording, { ownConfirmation }: Attempts): Question {
  const document = `query ($caseId: ID!, $monday: Sequence!) {
    then: case(id: $caseId, asOf: { sequence: $monday }) { violations { nodes { status findings } } }
    case(id: $caseId) {
      history(first: 100, types: ["TosViolationSubmittedForReview", "TosViolationConfirmed"]) {
        nodes { type revision actor { id } payload }
      }
    }
  }`;
  interface Answer {
    then: { violations: { nodes: { status: string; findings: string | null }[] } };
    case: {
      history: {
        nodes: { type: string; revision: number; actor: { id: string }; payload: { reviewedRevision?: number } }[];
      };
    };
  }
  return {
    text: 'Who confirmed, having read which revision? Who was refused, and why?',
    expected: {
      status: 'CONFIRMED',
      confirmedBy: ['example-reviewer'],
      submittedBy: ['example-investigator'],
      readTheRevisionSubmitted: true,
      refused: ownConfirmation === 'NOT_TRIED' ? 'NOT_TRIED' : 'FOUR_EYES',
    },
    ask: async () => {
      const { then, case: now } = await recording.ask<Answer>(document, { monday: recording.on('2025-03-10') });
      const having = (type: string) => now.history.nodes.filter((recorded) => recorded.type === type);
      const [submitted, confirmed] = ['TosViolationSubmittedForReview', 'TosViolationConfirmed'].map(having);
      const read = confirmed.map(({ payload }) => payload.reviewedRevision);
      const confirmedBy = confirmed.map(({ actor }) => actor.id);
      const submittedBy = submitted.map(({ actor }) => actor.id);
      return {
        found: {
          status: then.violations.nodes.map(({ status }) => status).join(),
          confirmedBy,
          submittedBy,
          readTheRevisionSubmitted: read.length === 1 && read[0] === submitted[0]?.revision,
          refused: ownConfirmation,
        },
        words:
          `${confirmedBy.join()} confirmed, having read revision ${read.join()}. ` +
          (ownConfirmation === 'NOT_TRIED'
            ? 'Who was refused was seen when this was first recorded: a refusal leaves no event.'
            : `${submittedBy.join()}, who had sent it to review, tried too: ${ownConfirmation}.`),
      };
    },
  };
}

function howOftenOpen(recording: Recording): Question {
  return {
    text: 'How often was the case open, and for how long each time?',
    expected: [
      { from: '2025-03-05', to: '2025-03-18', days: 13 },
      { from: '2025-03-20', to: '2025-03-24', days: 4 },
    ],
    ask: async () => {
      const answer = await recording.ask<{ case: { openPeriods: { from: string; to: string }[] } }>(
        'query ($caseId: ID!) { case(id: $caseId) { openPeriods { from to } } }',
      );
      const found = answer.case.openPeriods.map(({ from, to }) => ({
        from,
        to,
        days: (Date.parse(to) - Date.parse(from)) / 86_400_000,
      }));
      const words = found.map(({ from, to, days }) => `${days} days, from ${from} to ${to}`).join('; ');
      return { found, words: `${found.length} times: ${words}.` };
    },
  };
}
