import 'reflect-metadata';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { groupsAggregate } from '#access/groups/groups.js';
import { keysAggregate } from '#access/keys/keys.js';
import { policyAggregate } from '#access/policy/policy-recorded.js';
import { storedEventOf } from '#event-sourcing/event.js';
import { type RecordedEnvelope } from '#event-sourcing/envelope.js';
import { checkPayload } from '#event-sourcing/payload-check.js';
import { packageRoot } from '#event-sourcing/package-root.js';
import { type EventSchema } from '#event-sourcing/registry.js';
import { loadEventSchemas } from '#event-sourcing/schema-files.js';
import { type Row } from '#read-models/read-model.js';
import { ann } from '../../../test/builders/actors.js';
import { NOW } from '../../../test/builders/decide.js';
import { deepFreeze } from '../../../test/builders/deep-freeze.js';
import { CASE } from '../../../test/builders/ids.js';
import { caseAggregate } from './case-aggregate.js';
import { catalogueAggregate } from './technique-catalogue/catalogue.js';
import { termsAggregate } from './terms/terms-aggregate.js';
import { projections, registry } from './projections.js';

type Payload = Record<string, unknown>;

/** A payload of each version of each event, with every field that it can have, as a log holds it: never changed. */
const FOLDER = join(packageRoot, 'test', 'golden', 'events');
/** What a payload of an older version becomes in the newest: a file of the same name for each of these. */
const UPCAST = join(packageRoot, 'test', 'golden', 'upcast');

/** The golden events of a case in an order in which they can happen; those that need nothing but the case at its end. */
const STORY = [
  ...['CaseOpened', 'MemberAdded', 'MemberChanged', 'MemberRemoved', 'CaseUnrestricted', 'CaseRestricted'],
  ...['CasesRelated', 'ExternalReferenceAdded'],
  ...['CaseRated', 'CaseTagged', 'CaseUntagged'],
  ...['CaseLeadAssigned', 'CaseLeadRelieved', 'CaseAssigned', 'CaseUnassigned'],
  ...['CaseAmended', 'PartyAdded', 'PartyAmended', 'ExhibitRecorded', 'ExhibitCorrected'],
  ...['SuspiciousActivityObserved', 'ObservationCorrected'],
  ...[
    'PartyRelationRecorded',
    'PartyRelationCorrected',
    'IdentifierRecorded',
    'IdentifierCorrected',
    'IdentityAssessed',
    'IdentityCorrected',
  ],
  ...['AttributionAssessed', 'AttributionCorrected', 'AssessmentRevised', 'EvidenceWeighed'],
  ...['TechniqueSuspected', 'TechniqueCorrected', 'TechniqueEstablished', 'TechniqueDoubted'],
  ...['PartnerNotificationReceived', 'PartnerNotified', 'ReceivedNotificationCorrected'],
  ...['SentNotificationCorrected', 'NotificationAcknowledged', 'NotificationWithdrawn'],
  ...[
    'TosViolationSuspected',
    'TosViolationCorrected',
    'TosViolationAlleged',
    'TosViolationSubmittedForReview',
    'TosViolationConfirmed',
  ],
  ...['TosViolationReinstated', 'TosViolationDismissed', 'NoteAdded', 'NoteAmended', 'NoteRetracted'],
  ...['RecordLimited', 'LimitLifted', 'PrivilegeAsserted', 'PrivilegeWaived'],
  ...['CaseMarked', 'RecordMarked', 'OriginatorConsentRecorded'],
  ...['QuestionRaised', 'QuestionCorrected', 'QuestionAssigned', 'FindingRecorded', 'FindingCorrected'],
  ...[
    'QuestionClosed',
    'QuestionReopened',
    'RecordsLinked',
    'LinkCorrected',
    'KnowledgeRecorded',
    'KnowledgeCorrected',
  ],
  ...['DisclosureRecorded', 'DisclosureCorrected', 'DisclosureAcknowledged'],
  ...['ReportRecorded', 'ReportCorrected', 'StatementRecorded', 'StatementCorrected'],
  ...['ProductRecorded', 'ProductCorrected', 'ClaimRecorded', 'ClaimCorrected', 'ImpactRecorded', 'ImpactCorrected'],
  ...['CountermeasureProposed', 'CountermeasureRejected', 'CountermeasureApproved', 'CountermeasureApplied'],
  ...['CountermeasureLifted', 'CountermeasureEffectObserved', 'CountermeasureAcknowledged'],
  ...['CountermeasureCorrected', 'CountermeasureTaken', 'ReferredToAuthority', 'ReferralCorrected'],
  ...['AuthorityRequestReceived', 'AuthorityRequestAnswered', 'AuthorityRequestCorrected', 'CooperationOpened'],
  ...['CooperationClosed', 'CooperationCorrected', 'CounselEngaged', 'CounselEngagementEnded'],
  ...['CounselEngagementCorrected'],
  ...['ObservationWithdrawn', 'RecordRetracted', 'CaseMergedInto', 'CaseUnmerged', 'CaseClosed', 'CaseReopened'],
];
const OF_KEYS = ['KeyIssued', 'KeyRevoked'];
const OF_GROUPS = ['GroupMapped', 'GroupsClaimed', 'GroupUnmapped'];
const OF_TERMS = ['TermsRecorded', 'TermsCorrected', 'TermsVersionAdded', 'TermsVersionCorrected'];
const OF_POLICY = ['AccessPolicyRecorded'];
const OF_CATALOGUE = ['TechniquesLoaded'];
/** Of no state and no read model. */
const ALONE = ['LogCreated', 'CaseNumberReserved', 'ExternalReferenceClaimed', 'CaseMergeClaimed', 'ReadsRecorded'];

const schemas = loadEventSchemas();
const newest = new Map(registry.classes.map((one) => [storedEventOf(one).type, storedEventOf(one)]));
const read = (folder: string, name: string): Payload =>
  JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Payload;
const decoded = (name: string): Payload => {
  const [type, version] = name.split('.v');
  return registry.decode(type, Number(version), JSON.stringify(read(FOLDER, name)));
};

/** The story up to this event: those before it in their newest versions, it in its own. */
function upTo(name: string, types: readonly string[]): { type: string; payload: Payload }[] {
  const [type] = name.split('.v');
  const before = types.slice(0, types.indexOf(type)).map((one) => `${one}.v${newest.get(one)!.version}`);
  return [...before, name].map((one) => ({ type: one.split('.v')[0], payload: deepFreeze(decoded(one)) }));
}

const names = [...schemas.keys()];

describe('events as logs hold them', () => {
  it('have a golden file for each version there is, and no other', () => {
    const files = readdirSync(FOLDER).map((file) => file.replace(/\.json$/, ''));
    expect(files.sort()).toEqual([...names].sort());
    const older = names.filter(
      (name) => name !== `${name.split('.v')[0]}.v${newest.get(name.split('.v')[0])?.version}`,
    );
    expect(existsSync(UPCAST) ? readdirSync(UPCAST).sort() : []).toEqual(older.map((name) => `${name}.json`).sort());
    expect([...STORY, ...OF_KEYS, ...OF_GROUPS, ...OF_TERMS, ...OF_POLICY, ...OF_CATALOGUE, ...ALONE].sort()).toEqual(
      [...newest.keys()].sort(),
    );
  });

  it.each(names)('%s fits its schema, with every field of it', (name) => {
    const schema = schemas.get(name)!;
    const payload = read(FOLDER, name);
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect({ valid: validate(payload), errors: validate.errors }).toEqual({ valid: true, errors: null });
    expect(absent(schema, [payload])).toEqual([]);
  });

  it.each(names)('%s is read as what its newest version says', (name) => {
    const [type, version] = name.split('.v');
    const expected = read(Number(version) < newest.get(type)!.version ? UPCAST : FOLDER, name);
    expect(decoded(name)).toEqual(expected);
    expect(() => checkPayload(registry, type, decoded(name))).not.toThrow();
  });

  it.each(names)('%s is told in a sentence', (name) => {
    const { summary } = newest.get(name.split('.v')[0])!;
    expect(summary(decoded(name) as never)).toMatch(/^[A-Z][^\n]{5,200}$/);
    // However much was written, and on however many lines.
    const long = JSON.stringify('At length.\n'.repeat(1_800));
    const prose = /"(reason|findings|grounds|text)":"(?:[^"\\]|\\.)*"/g;
    const much = JSON.parse(JSON.stringify(decoded(name)).replace(prose, (_, field) => `"${field}":${long}`)) as object;
    expect(summary(much as never)).toMatch(/^[A-Z][^\n]{5,200}$/);
  });

  it.each(names.filter((name) => STORY.includes(name.split('.v')[0])))('%s is folded into the case', (name) => {
    const events = upTo(name, STORY);
    const before = folded(caseAggregate, events.slice(0, -1));
    expect(folded(caseAggregate, events)).not.toEqual(before);
  });

  it.each(names.filter((name) => OF_KEYS.includes(name.split('.v')[0])))('%s is folded into the keys', (name) => {
    const events = upTo(name, OF_KEYS);
    expect(folded(keysAggregate, events)).not.toEqual(folded(keysAggregate, events.slice(0, -1)));
  });

  it.each(names.filter((name) => OF_GROUPS.includes(name.split('.v')[0])))('%s is folded into the groups', (name) => {
    const events = upTo(name, OF_GROUPS);
    expect(folded(groupsAggregate, events)).not.toEqual(folded(groupsAggregate, events.slice(0, -1)));
  });

  it.each(names.filter((name) => OF_TERMS.includes(name.split('.v')[0])))('%s is folded into the terms', (name) => {
    const events = upTo(name, OF_TERMS);
    expect(folded(termsAggregate, events)).not.toEqual(folded(termsAggregate, events.slice(0, -1)));
  });

  it.each(names.filter((name) => OF_POLICY.includes(name.split('.v')[0])))('%s is folded into the policy', (name) => {
    expect(folded(policyAggregate, upTo(name, OF_POLICY))).not.toEqual(folded(policyAggregate, []));
  });

  it.each(names.filter((name) => OF_CATALOGUE.includes(name.split('.v')[0])))(
    '%s is folded into its catalogue',
    (name) => {
      expect(folded(catalogueAggregate, upTo(name, OF_CATALOGUE))).not.toEqual(folded(catalogueAggregate, []));
    },
  );

  it.each(names.filter((name) => STORY.includes(name.split('.v')[0])))('%s is projected into a row', (name) => {
    const events = upTo(name, STORY);
    const before = projected(events.slice(0, -1));
    expect(projected(events)).not.toEqual(before);
  });
});

/** Properties of an object's schema, at any depth, that none of the values has. */
function absent(schema: Pick<EventSchema, string>, values: unknown[], path = ''): string[] {
  if (schema.items) return absent(schema.items as EventSchema, values.flat(), `${path}[]`);
  return Object.entries((schema.properties ?? {}) as Record<string, EventSchema>).flatMap(([name, property]) => {
    const given = values.map((value) => (value as Payload)[name]).filter((value) => value !== undefined);
    return given.length === 0 ? [`${path}.${name}`] : absent(property, given, `${path}.${name}`);
  });
}

interface Folding<S> {
  initial: () => S;
  evolutions: ReadonlyMap<string, (...args: never[]) => void>;
}

function folded<S>({ initial, evolutions }: Folding<S>, events: { type: string; payload: Payload }[]): S {
  const state = initial();
  events.forEach(({ type, payload }, revision) => {
    const context = { id: `${type} ${revision}`, revision, actor: ann, recordedAt: NOW };
    (evolutions.get(type) as (...args: unknown[]) => void)(state, payload, context);
  });
  return state;
}

/** The rows of every read model, by id, with the columns they are found by. */
function projected(events: { type: string; payload: Payload }[]): Record<string, unknown>[] {
  return projections.models.map(({ handlers, columns }) => {
    const rows = new Map<string, Row>();
    events.forEach(({ type, payload }, revision) => {
      const recorded = { type, revision, stream: `case-${CASE}`, recordedAt: NOW, actor: ann } as RecordedEnvelope;
      const changes = handlers.get(type)?.(payload as never, recorded, (id) => rows.get(id)) ?? [];
      for (const { op, id, fields } of changes) {
        if (op === 'change') expect(rows.has(id)).toBe(true);
        rows.set(id, { ...rows.get(id), ...fields, id });
      }
    });
    return Object.fromEntries(
      [...rows].map(([id, row]) => [id, [row, ...Object.values(columns).map((column) => column.of(row))]]),
    );
  });
}
