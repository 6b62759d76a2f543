import { type Class } from '#event-sourcing/event.js';
import { change, type Change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { fuzzyColumns, textColumn } from '../columns.js';
import { DisclosureCorrected } from '../disclosures/correct-disclosure.js';
import { type DisclosureFacts } from '../disclosures/disclosure-fields.js';
import { DisclosureRecorded } from '../disclosures/record-disclosure.js';
import { ReceivedNotificationCorrected } from '../notifications/correct-received-notification.js';
import { SentNotificationCorrected } from '../notifications/correct-sent-notification.js';
import { PartnerNotified } from '../notifications/notify-partner.js';
import { PartnerNotificationReceived } from '../notifications/receive-partner-notification.js';
import { type ReceivedNotificationFacts } from '../notifications/received-notification-fields.js';
import { type SentNotificationFacts } from '../notifications/sent-notification-fields.js';
import { NotificationWithdrawn } from '../notifications/withdraw-notification.js';
import { RecordRetracted } from '../retractions/record-retracted.js';
import { StatementCorrected } from '../statements/correct-statement.js';
import { StatementRecorded } from '../statements/record-statement.js';
import { type StatementFacts } from '../statements/statement-fields.js';
import { type Channel } from '../values/enums.js';
import { type FuzzyTimeReading, parseFuzzyTime } from '../values/fuzzy-time.js';
import { KnowledgeCorrected } from './correct-knowledge.js';
import { type KnowingBy } from './knowing.js';
import { type KnowledgeFacts } from './knowledge-fields.js';
import { KnowledgeRecorded } from './record-knowledge.js';

/** That a party (null: we ourselves) knew records since a time. */
interface Known {
  partyId: string | undefined;
  records: readonly string[];
  since: FuzzyTimeReading;
}

/** What one record tells of who knew what. */
interface Telling {
  throughId: string;
  by: KnowingBy;
  channel: Channel;
  known: readonly Known[];
}

type Current = (id: string) => Row | undefined;

/** Its rows bear its id and a number, so that those of what it said before are found again when it is corrected or retracted. */
function rowsOf({ throughId, by, channel, known }: Telling, recordedAt: string, current: Current): Change[] {
  const before = toldBefore(throughId, current);
  const rows = known.flatMap(({ partyId = null, records, since }): Row[] =>
    // Once each: what names itself among the records that it is about tells no more by that.
    [...new Set(records)].map((recordId) => {
      const toldAt = before.get(`${partyId} ${recordId}`) ?? recordedAt;
      return { partyId, recordId, since, channel, by, throughId, toldAt };
    }),
  );
  const changes = rows.map((row, n) => {
    const id = idOf(throughId, n);
    return current(id) ? change(id, row) : create(id, row);
  });
  return [...changes, ...ended(throughId, rows.length, current)];
}

/** When a record first told what it tells, by party and record: a number may have been that of another row before. */
function toldBefore(throughId: string, current: Current): Map<string, unknown> {
  const before = new Map<string, unknown>();
  for (let n = 0, row = current(idOf(throughId, n)); row?.recordId; row = current(idOf(throughId, ++n)))
    before.set(`${row.partyId as string | null} ${row.recordId as string}`, row.toldAt);
  return before;
}

/** What a record told from its nth row on is told no longer: rows are never taken away, and these name no record any more. */
function ended(throughId: string, n: number, current: Current): Change[] {
  const changes: Change[] = [];
  for (let row = current(idOf(throughId, n)); row?.recordId; row = current(idOf(throughId, ++n)))
    changes.push(change(idOf(throughId, n), { recordId: null }));
  return changes;
}

const idOf = (throughId: string, n: number): string => `${throughId}/${n}`;

/** Whoever told knew it when telling; that it was known before is not said by it. */
function toldBy(from: string | undefined, to: Known[], records: readonly string[], reportedAt: string): Known[] {
  return [...to, { partyId: from, records, since: parseFuzzyTime(reportedAt) }];
}

function ofReceived(event: ReceivedNotificationFacts): Telling {
  const { notificationId, fromPartyId, toPartyId, about, channel, reportedAt, learnedAt } = event;
  const records = [notificationId, ...about];
  const learned = { partyId: toPartyId, records, since: parseFuzzyTime(learnedAt) };
  const known = toldBy(fromPartyId, [learned], records, reportedAt);
  return { throughId: notificationId, by: 'NOTIFICATION', channel, known };
}

function ofSent({
  notificationId,
  fromPartyId,
  toPartyId,
  about,
  channel,
  reportedAt,
}: SentNotificationFacts): Telling {
  const records = [notificationId, ...about];
  const told = { partyId: toPartyId, records, since: parseFuzzyTime(reportedAt) };
  const known = toldBy(fromPartyId, [told], records, reportedAt);
  return { throughId: notificationId, by: 'NOTIFICATION', channel, known };
}

const ofDisclosure = (event: DisclosureFacts): Telling => {
  const { disclosureId, toPartyId, fromPartyId, disclosed, channel, reportedAt } = event;
  const records = [disclosureId, ...disclosed.map(({ recordId }) => recordId)];
  const told = toPartyId ? [{ partyId: toPartyId, records, since: parseFuzzyTime(reportedAt) }] : [];
  return {
    throughId: disclosureId,
    by: 'DISCLOSURE',
    channel,
    known: toldBy(fromPartyId, told, records, reportedAt),
  };
};

const ofKnowledge = ({ knowledgeId, knownTo, about, channel, learnedAt }: KnowledgeFacts): Telling => ({
  ...{ throughId: knowledgeId, by: 'KNOWLEDGE', channel },
  known: [{ partyId: knownTo, records: about, since: parseFuzzyTime(learnedAt) }],
});

/** What a party is said to have known; what it suspected, could have known or did not know is no knowledge. */
const ofStatement = ({ statementId, awareness }: StatementFacts): Telling => ({
  ...{ throughId: statementId, by: 'STATEMENT', channel: 'NOT_STATED' },
  known: awareness
    .filter(({ awarenessKind }) => awarenessKind === 'KNEW')
    .map(({ knowerId, about, since }) => ({ partyId: knowerId, records: about, since: parseFuzzyTime(since) })),
});

const told = <E extends object>(eventClass: Class<E>, tells: (event: E) => Telling) =>
  on(eventClass, (event, { recordedAt }, current) => rowsOf(tells(event), recordedAt, current));

/**
 * Who knew which records of a case since when, as its notifications, disclosures, statements and recorded knowledge tell: one row
 * for each party and record. Whoever may not see the record, or that by which it is known, does not see the row.
 */
export const knowingModel = readModel({
  name: 'knowings',
  level: 'record',
  derived: true,
  columns: {
    ...{ recordId: textColumn('recordId'), partyId: textColumn('partyId'), throughId: textColumn('throughId') },
    ...fuzzyColumns('since'),
  },
  indexes: [['recordId']],
  partOf: ['recordId', 'throughId'],
  knownBy: 'recordId',
  handlers: [
    told(PartnerNotificationReceived, ofReceived),
    told(ReceivedNotificationCorrected, ofReceived),
    told(PartnerNotified, ofSent),
    told(SentNotificationCorrected, ofSent),
    told(DisclosureRecorded, ofDisclosure),
    told(DisclosureCorrected, ofDisclosure),
    told(KnowledgeRecorded, ofKnowledge),
    told(KnowledgeCorrected, ofKnowledge),
    told(StatementRecorded, ofStatement),
    told(StatementCorrected, ofStatement),
    on(NotificationWithdrawn, ({ notificationId }, _recorded, current) => ended(notificationId, 0, current)),
    on(RecordRetracted, ({ recordId }, _recorded, current) => ended(recordId, 0, current)),
  ],
});
