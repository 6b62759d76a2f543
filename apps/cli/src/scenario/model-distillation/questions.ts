import { type Question } from '../question.js';
import { type Recording } from '../recording.js';
import { laterQuestions } from './later-questions.js';

interface Fuzzy {
  stated: string;
  earliest: string | null;
  latest: string | null;
}
interface Source {
  assertedBy: string;
  via: string[];
  grade: string | null;
}
interface Party {
  id: string;
  name: string | null;
  description: { text: string } | null;
}
interface CaseAnswer {
  case: {
    parties: { nodes: Party[] };
    violations: { nodes: { status: string; violationKind: string; condition: { text: string } | null }[] };
    techniques: { nodes: { certainty: string }[] };
    observations: {
      nodes: {
        accessChannel: string | null;
        source: Source;
        observedBy: string[];
        subjects: string[];
        occurredAt: Fuzzy;
        observedAt: Fuzzy;
        quantities: {
          of: string;
          exact: number | null;
          min: number | null;
          max: number | null;
          asStated: string | null;
        }[];
      }[];
    };
    notifications: {
      nodes: {
        direction: string;
        fromPartyId: string;
        toPartyId: string;
        reportedAt: Fuzzy;
        learnedAt: Fuzzy;
        source: Source;
        recordedAt: string;
        recordedBy: { name: string };
      }[];
    };
  };
}

const QUERY = `query ($caseId: ID!) {
  case(id: $caseId) {
    parties(first: 100) { nodes { id name description { text } } }
    violations(first: 100) { nodes { status violationKind condition { text } } }
    techniques(first: 100) { nodes { certainty } }
    observations(first: 100) { nodes {
      accessChannel source { assertedBy via grade } observedBy subjects
      occurredAt { stated earliest latest } observedAt { stated earliest latest }
      quantities { of exact min max asStated }
    } }
    notifications(first: 100) { nodes {
      direction fromPartyId toPartyId source { assertedBy via grade } recordedAt recordedBy { name }
      reportedAt { stated earliest latest } learnedAt { stated earliest latest }
    } }
  }
}`;

/** The six questions of the real investigation, with what its recording must answer. */
export function modelDistillationQuestions(recording: Recording): Question[] {
  const load = async () => {
    const { case: all } = await recording.ask<CaseAnswer>(QUERY);
    const names = new Map(all.parties.nodes.map(({ id, name, description }) => [id, name ?? description?.text ?? id]));
    return { ...all, name: (id: string) => names.get(id) ?? id };
  };
  const chain = ({ assertedBy, via }: Source, name: (id: string) => string): string =>
    [...via, assertedBy].map(name).join(' < ');
  return [
    {
      text: 'What is confirmed, what is alleged, what is only suspected?',
      expected: {
        confirmed: 0,
        alleged: 0,
        suspected: [
          'BREACH_OF_TERMS: If these actions are confirmed.',
          'CIRCUMVENTION: If these actions are confirmed.',
        ],
        others: 0,
        techniques: ['SUSPECTED', 'SUSPECTED'],
      },
      ask: async () => {
        const {
          violations: { nodes: violations },
          techniques,
        } = await load();
        const having = (status: string) => violations.filter((violation) => violation.status === status);
        const [confirmed, alleged, suspected] = ['CONFIRMED', 'ALLEGED', 'SUSPECTED'].map(having);
        const conditions = suspected
          .map(({ violationKind, condition }) => `${violationKind}: ${condition?.text ?? 'no condition'}`)
          .sort();
        return {
          found: {
            confirmed: confirmed.length,
            alleged: alleged.length,
            suspected: conditions,
            others: violations.length - confirmed.length - alleged.length - suspected.length,
            techniques: techniques.nodes.map(({ certainty }) => certainty),
          },
          words:
            `${confirmed.length || 'Nothing is'} confirmed, ${alleged.length || 'nothing'} alleged; ` +
            `suspected, on a condition: "${conditions.join('", "')}"; both techniques are the recorder's suspicion.`,
        };
      },
    },
    {
      text: 'Who observed the activity, when, how sure are we, and through which chain of sources?',
      expected: [
        {
          through: 'API',
          observedBy: ["Microsoft's security researchers"],
          observedAt: { stated: '2024-23', earliest: '2024-09-01T00:00:00.000Z', latest: '2024-12-21T23:59:59.999Z' },
          occurredAt: 'NOT_STATED',
          subjects: [
            'Suspicious individuals who might be linked to DeepSeek. That they are the group linked to DeepSeek is not asserted.',
          ],
          grade: null,
          quantities: [{ of: 'DATA', exact: null, min: null, max: null, asStated: 'large quantity' }],
          chain: "The press report < Bloomberg < Microsoft's security researchers",
        },
      ],
      ask: async () => {
        const { observations, name } = await load();
        const found = observations.nodes.map((observation) => ({
          through: observation.accessChannel,
          observedBy: observation.observedBy.map(name),
          observedAt: observation.observedAt,
          occurredAt: observation.occurredAt.stated,
          subjects: observation.subjects.map(name),
          grade: observation.source.grade,
          quantities: observation.quantities,
          chain: chain(observation.source, name),
        }));
        const words = found.map(
          ({ observedBy, observedAt: { stated, earliest, latest }, occurredAt, grade, quantities, chain: sources }) =>
            `${observedBy.join(', ')}; observed ${stated} (from ${earliest?.slice(0, 10)} to ${latest?.slice(0, 10)}), ` +
            `occurred ${occurredAt}; ${grade ? `graded ${grade}` : 'the source is not graded'}, ` +
            `quantity "${quantities.map(({ asStated }) => asStated).join('", "')}"; ${sources}.`,
        );
        return { found, words: words.join(' ') };
      },
    },
    {
      text: 'Who told whom, and when did we record it? When did we learn of it?',
      expected: [
        {
          direction: 'RECEIVED',
          from: 'Microsoft',
          to: 'OpenAI',
          reportedAt: { stated: 'NOT_STATED', earliest: null, latest: null },
          learnedAt: { stated: 'NOT_STATED', earliest: null, latest: null },
          chain: 'The press report',
          recordedBy: 'Investigator (example)',
          recorded: true,
        },
      ],
      ask: async () => {
        const { notifications, name } = await load();
        const words: string[] = [];
        const found = notifications.nodes.map((notification) => {
          const { direction, reportedAt, learnedAt, recordedAt, recordedBy, source } = notification;
          const [from, to] = [notification.fromPartyId, notification.toPartyId].map(name);
          const said = ({ stated }: Fuzzy): string => (stated === 'NOT_STATED' ? 'not stated' : stated);
          words.push(
            `${from} told ${to}; when: ${said(reportedAt)}; we learned of it: ${said(learnedAt)}; ` +
              `recorded ${recordedAt} by ${recordedBy.name}, from: ${chain(source, name)}.`,
          );
          const recorded = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(recordedAt);
          return {
            direction,
            from,
            to,
            reportedAt,
            learnedAt,
            chain: chain(source, name),
            recordedBy: recordedBy.name,
            recorded,
          };
        });
        return { found, words: words.join(' ') };
      },
    },
    ...laterQuestions(recording, async () => (await load()).name),
  ];
}
