import 'reflect-metadata';
import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { type Row } from '#read-models/read-model.js';
import {
  notificationReceived,
  notificationWithdrawn,
  partnerNotified,
  recordRetracted,
} from '../../../../test/builders/case-events.js';
import { disclosureRecorded, knowledgeRecorded } from '../../../../test/builders/question-events.js';
import {
  disclosure,
  knowledge,
  note,
  notification,
  partner,
  provider,
  statement,
  subject,
} from '../../../../test/builders/ids.js';
import { statementRecorded } from '../../../../test/builders/statement-events.js';
import { source, text } from '../../../../test/builders/values.js';
import { KnowledgeCorrected } from './correct-knowledge.js';
import { knowingModel } from './knowing-read-model.js';

/** Who knew which record since when, by which kind of record, as the rows of these events say. */
function knowings(...events: DecidedEvent[]): string[] {
  const rows = new Map<string, Row>();
  for (const { type, payload } of events) {
    const handle = knowingModel.handlers.get(type)!;
    for (const { op, id, fields } of handle(payload as never, {} as never, (one) => rows.get(one))) {
      expect(rows.has(id)).toBe(op === 'change');
      rows.set(id, { ...rows.get(id), ...fields });
    }
  }
  return [...rows.values()]
    .filter(({ recordId }) => recordId !== null)
    .map(({ partyId, recordId, since, by }) =>
      [partyId ?? 'we', recordId, (since as { stated: string }).stated, by].join(' '),
    );
}

const corrected = (over: Partial<KnowledgeCorrected>): DecidedEvent =>
  event(KnowledgeCorrected, {
    ...{ knowledgeId: knowledge, about: [partner], learnedAt: '2025', channel: 'NOT_STATED', source: source(partner) },
    ...{ reason: 'Misread.', ...over },
  });

describe('who knew what', () => {
  it('is told by a notification that was received: of it, and of what it is about', () => {
    const times = { reportedAt: '2025-03-03', learnedAt: '2025-03-04' };
    expect(knowings(notificationReceived({ toPartyId: provider, about: [subject], ...times }))).toEqual([
      `${provider} ${notification} 2025-03-04 NOTIFICATION`,
      `${provider} ${subject} 2025-03-04 NOTIFICATION`,
      `${partner} ${notification} 2025-03-03 NOTIFICATION`,
      `${partner} ${subject} 2025-03-03 NOTIFICATION`,
    ]);
  });

  it('is told by a statement, of what it says that somebody knew, and of nothing that was merely suspected', () => {
    const aware = { knowerId: provider, text: text('That others try.'), since: '2024', about: [subject, note] };
    const knew = { ...aware, awarenessKind: 'KNEW' as const };
    const others = (['SUSPECTED', 'COULD_HAVE_KNOWN', 'DID_NOT_KNOW'] as const).map((awarenessKind) => ({
      ...aware,
      awarenessKind,
    }));
    expect(knowings(statementRecorded({ awareness: [...others, knew] }))).toEqual([
      `${provider} ${subject} 2024 STATEMENT`,
      `${provider} ${note} 2024 STATEMENT`,
    ]);
    expect(knowings(statementRecorded({ awareness: [knew] }), recordRetracted(statement, 'statement'))).toEqual([]);
  });

  it('is of ourselves where nobody is named', () => {
    expect(knowings(notificationReceived({ learnedAt: '2025' }))[0]).toBe(`we ${notification} 2025 NOTIFICATION`);
    expect(knowings(partnerNotified({ reportedAt: '2025' }))).toEqual([
      `${partner} ${notification} 2025 NOTIFICATION`,
      `we ${notification} 2025 NOTIFICATION`,
    ]);
  });

  it('is told by a disclosure, of the public nobody', () => {
    const told = { fromPartyId: provider, reportedAt: '2025-03-11' };
    expect(knowings(disclosureRecorded(told))).toEqual([
      `${partner} ${disclosure} 2025-03-11 DISCLOSURE`,
      `${partner} ${subject} 2025-03-11 DISCLOSURE`,
      `${provider} ${disclosure} 2025-03-11 DISCLOSURE`,
      `${provider} ${subject} 2025-03-11 DISCLOSURE`,
    ]);
    const published = knowings(disclosureRecorded({ ...told, audience: 'PUBLIC', toPartyId: undefined }));
    expect(published.filter((row) => !row.startsWith(provider))).toEqual([]);
  });

  it('is told once of a notification, or a disclosure, that names itself among what it is about', () => {
    const own = notificationReceived({ about: [notification, subject], learnedAt: '2025' });
    expect(knowings(own)).toEqual(knowings(notificationReceived({ about: [subject], learnedAt: '2025' })));
    const disclosed = [{ recordId: disclosure, revision: 1 }];
    expect(knowings(disclosureRecorded({ disclosed }))).toEqual(knowings(disclosureRecorded({ disclosed: [] })));
  });

  it('is not stated since when where that is not stated', () => {
    expect(knowings(knowledgeRecorded({ knownTo: provider }))).toEqual([`${provider} ${partner} NOT_STATED KNOWLEDGE`]);
  });

  it('follows corrections, to fewer records and to more', () => {
    const recorded = knowledgeRecorded({ about: [partner, provider, subject] });
    expect(knowings(recorded, corrected({ about: [note] }))).toEqual([`we ${note} 2025 KNOWLEDGE`]);
    const again = corrected({ about: [partner, provider, subject, note] });
    expect(knowings(recorded, corrected({ about: [note] }), again)).toHaveLength(4);
  });

  it('ends with what it is told by', () => {
    expect(knowings(knowledgeRecorded(), recordRetracted(knowledge, 'knowledge'))).toEqual([]);
    expect(knowings(partnerNotified({ about: [subject] }), notificationWithdrawn())).toEqual([]);
    expect(knowings(partnerNotified(), recordRetracted(subject, 'party'))).toHaveLength(2);
  });
});
