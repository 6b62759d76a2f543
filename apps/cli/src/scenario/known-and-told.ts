import { type Question } from './question.js';
import { type Recording } from './recording.js';

/** What Halden knew on Tue 4 Mar, before anything was recorded. */
export function whatWasKnown(recording: Recording): Question {
  const document = `query ($caseId: ID!, $tuesday: Sequence!, $halden: ID!, $time: Instant!) {
    recorded: case(id: $caseId, asOf: { sequence: $tuesday }) { id }
    known: case(id: $caseId, knownAsOf: { party: $halden, time: $time }) {
      notifications { nodes { id known channel } } observations { nodes { id } } violations { nodes { id } }
    }
  }`;
  interface Nodes<N> {
    nodes: N[];
  }
  interface Answer {
    recorded: { id: string } | null;
    known: {
      notifications: Nodes<{ id: string; known: string; channel: string }>;
      observations: Nodes<unknown>;
      violations: Nodes<unknown>;
    };
  }
  return {
    text: 'What did Halden know on Tue 4 Mar?',
    expected: { recorded: null, call: 'CERTAINLY', others: 0 },
    ask: async () => {
      const { recorded, known } = await recording.ask<Answer>(document, {
        tuesday: recording.on('2025-03-04'),
        halden: recording.id('halden'),
        time: '2025-03-04T23:59:59Z',
      });
      const { notifications, observations, violations } = known;
      const calls = notifications.nodes.filter(({ id }) => id === recording.id('call'));
      const others = notifications.nodes.length - calls.length + observations.nodes.length + violations.nodes.length;
      return {
        found: { recorded, call: calls.map((call) => call.known).join(), others },
        words: `The phone call: learned on Monday, though nothing was recorded yet${recorded ? '?' : ''}.`,
      };
    },
  };
}

/** What Brightwater had been told on Wed 12 Mar, against what Halden knew that day. */
export function whatWasTold(recording: Recording): Question {
  const document = `query ($caseId: ID!, $wednesday: Sequence!, $brightwater: ID!) {
    case(id: $caseId, asOf: { sequence: $wednesday }) {
      disclosureLedger(toPartyId: $brightwater, comparedAt: { sequence: $wednesday }) { nodes {
        told { recordId differences { field told known } } untold { recordId recordKind }
      } }
    }
  }`;
  interface Entry {
    told: { recordId: string; differences: { field: string; told: unknown; known: unknown }[] }[];
    untold: { recordId: string; recordKind: string }[];
  }
  return {
    text: 'What had Brightwater been told on Wed 12 Mar, and how did that differ from what Halden knew that day?',
    expected: {
      observation: [],
      violation: ['UNDER_REVIEW, but it was CONFIRMED'],
      untold: ['countermeasure', 'technique'],
    },
    ask: async () => {
      const { case: answer } = await recording.ask<{ case: { disclosureLedger: { nodes: Entry[] } } }>(document, {
        wednesday: recording.on('2025-03-12'),
        brightwater: recording.id('brightwater'),
      });
      const entries = answer.disclosureLedger.nodes;
      const told = entries.flatMap((entry) => entry.told);
      const statusOf = (name: string) =>
        told
          .filter(({ recordId }) => recordId === recording.id(name))
          .flatMap(({ differences }) => differences.filter(({ field }) => field === 'status'))
          .map((one) => `${String(one.told)}, but it was ${String(one.known)}`);
      const kinds = entries.flatMap(({ untold }) => untold.map(({ recordKind }) => recordKind));
      const untold = ['countermeasure', 'technique'].filter((kind) => kinds.includes(kind));
      const found = { observation: statusOf('observation'), violation: statusOf('violation'), untold };
      return {
        found,
        words: `The observation, as it stood; the violation as ${found.violation.join()}. Not told: ${untold.join(', ')}.`,
      };
    },
  };
}
