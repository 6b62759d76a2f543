import { type Question } from '../question.js';
import { type Recording } from '../recording.js';
import { BEFORE_STATEMENTS } from './record.js';

type Name = (id: string) => string;

/** Questions 4 to 6: what stood there before, how the link was assessed, and how many origins there are. */
export function laterQuestions(recording: Recording, names: () => Promise<Name>): Question[] {
  return [
    whenWeLearned(recording),
    beforeStatements(recording),
    assessedLink(recording, names),
    origins(recording, names),
  ];
}

interface Nodes<N> {
  nodes: N[];
}

function whenWeLearned(recording: Recording): Question {
  const document = `query ($caseId: ID!, $openai: ID!) {
    case(id: $caseId, knownAsOf: { party: $openai, time: "2030-01-01T00:00:00Z" }) {
      observations { nodes { known } } statements { nodes { known } }
    }
  }`;
  interface Answer {
    case: { observations: Nodes<{ known: string }>; statements: Nodes<{ known: string }> };
  }
  return {
    text: 'Did OpenAI know of the observation, and since when?',
    expected: { observations: ['NOT_STATED'] },
    ask: async () => {
      const answer = await recording.ask<Answer>(document, { openai: recording.id('openai') });
      const observations = answer.case.observations.nodes.map(({ known }) => known);
      return {
        found: { observations },
        words: `It was told of it; since when is ${observations.join() === 'NOT_STATED' ? 'not stated' : observations.join()}.`,
      };
    },
  };
}

function beforeStatements(recording: Recording): Question {
  const lists = [
    'observations',
    'notifications',
    'violations',
    'statements',
    'claims',
    'impacts',
    'countermeasures',
    'cooperations',
  ];
  const document = `query ($caseId: ID!, $before: Sequence!) {
    case(id: $caseId, asOf: { sequence: $before }) { ${lists.map((list) => `${list}(first: 100) { nodes { id } }`).join(' ')} }
  }`;
  return {
    text: 'What stood in our record before the public statements were recorded?',
    expected: {
      ...{ observations: 1, notifications: 1, violations: 2, statements: 2, claims: 2, impacts: 1 },
      ...{ countermeasures: 0, cooperations: 0 },
    },
    ask: async () => {
      const before = recording.on(BEFORE_STATEMENTS);
      const answer = await recording.ask<{ case: Record<string, Nodes<unknown>> }>(document, { before });
      const found = Object.fromEntries(lists.map((list) => [list, answer.case[list].nodes.length]));
      const words = lists.filter((list) => found[list] > 0).map((list) => `${found[list]} ${list}`);
      return { found, words: `${words.join(', ')}; no countermeasure and no cooperation yet.` };
    },
  };
}

function assessedLink(recording: Recording, names: () => Promise<Name>): Question {
  interface View {
    assessedBy: string | null;
    assessedVia: string[];
    attributionKind: string;
    likelihood: string | null;
    confidence: string | null;
    assessmentBasis: { text: string } | null;
    description: { text: string } | null;
    subjectId: string;
    toPartyId: string | null;
  }
  const document = `query ($caseId: ID!) { case(id: $caseId) { attributions { nodes {
    views { nodes { assessedBy assessedVia attributionKind likelihood confidence assessmentBasis { text }
      description { text } subjectId toPartyId } } } } } }`;
  return {
    text: 'How did the assessed link to DeepSeek change, who assessed it, and on what basis?',
    expected: [
      [
        {
          ...{ kind: 'LINKED_TO', to: 'DeepSeek', by: "Microsoft's security researchers" },
          via: ['The press report', 'Bloomberg'],
          ...{ likelihood: null, confidence: null, basis: null },
          description: 'The individuals might be linked to DeepSeek. On what basis is not stated.',
        },
      ],
    ],
    ask: async () => {
      const answer = await recording.ask<{ case: { attributions: Nodes<{ views: Nodes<View> }> } }>(document);
      const name = await names();
      const found = answer.case.attributions.nodes.map(({ views }) =>
        views.nodes.map((view) => ({
          kind: view.attributionKind,
          to: view.toPartyId && name(view.toPartyId),
          by: view.assessedBy && name(view.assessedBy),
          via: view.assessedVia.map(name),
          likelihood: view.likelihood,
          confidence: view.confidence,
          basis: view.assessmentBasis?.text ?? null,
          description: view.description?.text,
        })),
      );
      const words = found
        .flat()
        .map(
          ({ by, to, basis }) =>
            `${by}: might be linked to ${to}; basis ${basis ?? 'not stated'}, likelihood not stated`,
        );
      return { found, words: `${words.join('. ')}. It did not change.` };
    },
  };
}

function origins(recording: Recording, names: () => Promise<Name>): Question {
  const document = `query ($caseId: ID!, $record: ID!) { case(id: $caseId) {
    origins(recordId: $record) { count corroboratedBy origins { parties records } } } }`;
  interface Answer {
    case: { origins: { count: number; corroboratedBy: string[]; origins: { parties: string[]; records: string[] }[] } };
  }
  return {
    text: 'Which independent origins support what was observed?',
    expected: { count: 1, corroborating: 1, records: [2] },
    ask: async () => {
      const { case: found } = await recording.ask<Answer>(document, { record: recording.id('observation') });
      const name = await names();
      const { count, corroboratedBy, origins: all } = found.origins;
      return {
        found: { count, corroborating: corroboratedBy.length, records: all.map(({ records }) => records.length) },
        words: `${count}: ${all.map(({ parties }) => parties.map(name).join(', ')).join('; ')}.`,
      };
    },
  };
}
