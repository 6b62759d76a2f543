import { randomUUID } from 'node:crypto';
import { type RecordField } from '../e2e/full-case.js';
import { type Api } from '../e2e/api.js';

/** A case that is asked about, and all by which it can be asked for. */
export interface Target {
  caseId: string;
  number: string;
  title: string;
  /** One record of each kind. */
  ids: Record<RecordField, string>;
  eventIds: string[];
  correlationId: string;
  /** A moment at which it was open to all, or to those who have it; a sequence. */
  before: number;
}

/** Where the records of each kind stand in a case. */
export const LISTS: Record<RecordField, string> = {
  ...{ partyId: 'parties', observationId: 'observations', notificationId: 'notifications' },
  ...{
    partyRelationId: 'partyRelations',
    identityId: 'identities',
    identifierId: 'identifiers',
    attributionId: 'attributions',
  },
  ...{ techniqueId: 'techniques', exhibitId: 'exhibits' },
  ...{ violationId: 'violations', noteId: 'notes', privilegeId: 'privileges' },
  ...{ caseRelationId: 'caseRelations', referenceId: 'references' },
  ...{ questionId: 'questions', findingId: 'findings', linkId: 'links', knowledgeId: 'knowledge' },
  disclosureId: 'disclosures',
  ...{ reportId: 'reports', statementId: 'statements', productId: 'products', claimId: 'claims' },
  ...{ impactId: 'impacts', countermeasureId: 'countermeasures', referralId: 'referrals' },
  ...{ authorityRequestId: 'authorityRequests', cooperationId: 'cooperations' },
  ...{ counselEngagementId: 'counselEngagements' },
};
const QUERY = `query ($id: ID!) { case(id: $id) { number title
  ${Object.values(LISTS)
    .map((list) => `${list}(first: 1) { nodes { id } }`)
    .join(' ')} } }`;
const HISTORY = `query ($id: ID!, $after: String) { case(id: $id) {
  history(first: 100, after: $after) { nodes { id sequence correlationId } pageInfo { endCursor hasNextPage } } } }`;

interface TargetEvent {
  id: string;
  sequence: number;
  correlationId: string;
}

/** All of its events, a page after the other. */
async function historyOf(api: Api, id: string, key: string): Promise<TargetEvent[]> {
  const events: TargetEvent[] = [];
  for (let after: string | null = null; ;) {
    const { data, errors } = await api.ask(HISTORY, { id, after }, key);
    if (errors) throw new Error(JSON.stringify(errors));
    const { nodes, pageInfo } = data.case.history;
    events.push(...(nodes as TargetEvent[]));
    if (!pageInfo.hasNextPage) return events;
    after = pageInfo.endCursor as string;
  }
}

/** Reads it by a key that sees it. */
export async function targetOf(api: Api, caseId: string, key: string): Promise<Target> {
  const { data, errors } = await api.ask(QUERY, { id: caseId }, key);
  if (errors) throw new Error(JSON.stringify(errors));
  const { number, title, ...lists } = data.case;
  const events = await historyOf(api, caseId, key);
  const fields = Object.entries(LISTS).map(([field, list]) => [field, lists[list].nodes[0]?.id ?? randomUUID()]);
  return {
    ...{ caseId, number, title, ids: Object.fromEntries(fields) as Target['ids'] },
    eventIds: events.map(({ id }) => id),
    correlationId: events[0].correlationId,
    before: events.at(-1)!.sequence,
  };
}

/** A case that never was, to be asked for at the same moment. */
export function neverThere({ ids, eventIds, before }: Target): Target {
  const fields = Object.keys(ids).map((field) => [field, randomUUID()]);
  return {
    ...{ caseId: randomUUID(), number: `CASE-2025-${randomUUID().slice(0, 6)}`, title: randomUUID(), before },
    ids: Object.fromEntries(fields) as Target['ids'],
    ...{ eventIds: eventIds.map(() => randomUUID()), correlationId: randomUUID() },
  };
}

/** Everything by which one could tell the case in a text; its title may be another's too. */
export const tellTales = ({ caseId, number, ids, eventIds }: Target): string[] => [
  ...[caseId, number, ...eventIds],
  ...Object.values(ids),
];

/** A text without what names the case in it, nor what differs from answer to answer. */
export function unnamed(text: string, target: Target): string {
  const names = [...tellTales(target), target.correlationId];
  return (
    names
      .reduce((rest, name) => rest.replaceAll(name, '…'), text)
      .replaceAll(/"(cursor|startCursor|endCursor|lastUsedAt)":"[^"]*"/g, '"$1":"…"')
      // What is asked for is recorded, and the log grows by it.
      .replaceAll(/"asOf":\{"sequence":\d+,"recordedAt":"[^"]*"/g, '"asOf":{…')
      .replaceAll(/"head":\d+/g, '"head":…')
      .replaceAll(/no terms [0-9a-f-]{36}/g, 'no terms …')
      // So does what follows it.
      .replaceAll(/\{"store":"[^{}]*\}/g, '{"store":…}')
  );
}
