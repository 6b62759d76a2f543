import { handlersByType } from '#event-sourcing/event.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Aggregate, type CommandFields, type Frozen } from '#event-sourcing/slice.js';
import { nobodyAssigned } from './assignments/assignment-state.js';
import { capabilities } from './capabilities.js';
import { type CaseCommand } from './cases/case-command.js';
import { type CaseState } from './cases/case-state.js';
import { caseStreams } from './cases/case-streams.js';
import { MapWithout, RecordsWithout } from './map-without.js';
import { neverMerged } from './merges/merge-state.js';
import { requireUnmerged } from './merges/unmerge-case.js';
import { noAccess } from './members/access-state.js';
import { noTriage } from './triage/triage-state.js';

/** Everything in a case is one stream: `case-<uuid>`. */
export const caseAggregate: Aggregate<CaseState> = caseStreams({
  category: 'case',
  initial: () => ({
    status: 'OPEN',
    since: 'NOT_STATED',
    title: '',
    caseKind: 'CASE',
    description: undefined,
    records: new Map(),
    parties: new Map(),
    partyRelations: new Map(),
    identifiers: new Map(),
    identities: new Map(),
    attributions: new Map(),
    techniques: new Map(),
    exhibits: new Map(),
    observations: new Map(),
    notifications: new Map(),
    violations: new Map(),
    notes: new Map(),
    privileges: new Map(),
    caseRelations: new Map(),
    references: new Map(),
    questions: new Map(),
    findings: new Map(),
    links: new Map(),
    knowledge: new Map(),
    disclosures: new Map(),
    authorityRequests: new Map(),
    claims: new Map(),
    cooperations: new Map(),
    counselEngagements: new Map(),
    countermeasures: new Map(),
    impacts: new Map(),
    products: new Map(),
    referrals: new Map(),
    reports: new Map(),
    statements: new Map(),
    access: noAccess(),
    ...noTriage(),
    ...nobodyAssigned(),
    ...neverMerged(),
  }),
  evolutions: handlersByType(capabilities.flatMap(({ evolution }) => evolution)),
  subjectOf: (command) => (command as CommandFields & { caseId?: string | null }).caseId ?? undefined,
  guard: requireUnmerged,
  missing: (caseId) => refuse('NOT_FOUND', `There is no case ${caseId}.`),
  revisionOf: (command, state) => {
    for (const [field, value] of Object.entries(command as CaseCommand)) {
      const record = typeof value === 'string' ? state.records.get(value) : undefined;
      if (record && (field === 'recordId' || field === `${record.kind}Id`)) return record.revision;
    }
    return undefined;
  },
  without: (state, hidden) => {
    const { records, ...rest } = state;
    const collections = Object.entries(rest).flatMap(([name, value]): [string, unknown][] =>
      value instanceof Map ? [[name, new MapWithout(value as Map<string, unknown>, hidden)]] : [],
    );
    return { ...state, ...Object.fromEntries(collections), records: new RecordsWithout(records, hidden) };
  },
  withTheirs: (state, records) => {
    const all = new Set(records);
    // A link may be between links.
    for (let before = -1; before < all.size;) {
      before = all.size;
      for (const id of [...state.links.keys(), ...state.privileges.keys()])
        if (directOwnersOf(state, id).some((owner) => all.has(owner))) all.add(id);
    }
    return all;
  },
});

type Owning = Pick<Frozen<CaseState>, 'links' | 'privileges'>;

/** What a record belongs to, as `partOf` of its read model has it. */
function directOwnersOf({ links, privileges }: Owning, recordId: string): readonly string[] {
  const privilege = privileges.get(recordId);
  return links.get(recordId)?.between ?? (privilege ? [privilege.recordId] : []);
}

/** The same, with what that belongs to in turn: a link may be between links. As reads have it by changes of `part`. */
export function ownersOf(state: Owning, recordId: string): readonly string[] {
  const owners = new Set(directOwnersOf(state, recordId));
  // A set goes on to what is added meanwhile.
  for (const owner of owners) for (const next of directOwnersOf(state, owner)) owners.add(next);
  return [...owners];
}
