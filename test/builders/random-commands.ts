import fc from 'fast-check';
import { type Actor } from '#event-sourcing/envelope.js';
import { type CommandFields } from '#event-sourcing/slice.js';
import { Resolution } from '#investigation/cases/case-enums.js';
import { ALL_RIGHTS } from '#access/cases/case-access.js';
import { TLP_LEVELS } from '#access/cases/tlp.js';
import { ann, bob } from './actors.js';
import { type CommandName, commands } from './case-commands.js';
import { attribution, identifier, identity, partyRelation, technique } from './ids.js';
import {
  authorityRequest,
  CASE,
  disclosure,
  exhibit,
  finding,
  knowledge,
  link,
  claim,
  cooperation,
  counselEngagement,
  countermeasure,
  impact,
  note,
  notification,
  observation,
  partner,
  otherExhibit,
  otherProduct,
  privilege,
  product,
  provider,
  question,
  referral,
  report,
  statement,
  subject,
  unknown,
  violation,
} from './ids.js';
import { grantee, source, text } from './values.js';

export interface Step {
  name: CommandName;
  command: CommandFields;
  actor: Actor;
}

const parties = fc.constantFrom(partner, provider, subject);
const words = fc.constantFrom('One.', 'Other.').map(text);

const mostly = <T>(value: T, otherwise: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(value) }, otherwise);

/** What a random command says instead of what its builder does: of few values, so that commands meet each other's. */
const fields = {
  title: fc.constantFrom('A', 'B'),
  resolution: fc.constantFrom(...(Object.keys(Resolution) as Resolution[])),
  name: fc.constantFrom('Acme', 'Other', null),
  partyRoles: fc.subarray(['PARTNER', 'SUBJECT', 'PRESS'] as const),
  description: words,
  text: words,
  source: fc.tuple(parties, fc.uniqueArray(parties, { maxLength: 2 })).map(([by, via]) => source(by, ...via)),
  subjects: fc.uniqueArray(parties, { maxLength: 2 }),
  about: fc.subarray([partner, observation, notification, violation, note, statement]),
  allegedBy: fc.option(parties),
  grantee: fc.constantFrom(grantee('rosa'), grantee('ann'), grantee('legal', 'GROUP')),
  rights: fc.subarray([...ALL_RIGHTS], { minLength: 1 }),
  withHistory: fc.constantFrom(true, false, null),
  tlp: fc.constantFrom(...TLP_LEVELS),
  originator: fc.constantFrom({ organisation: 'acme' }, { partyId: partner }),
  recipients: fc.constantFrom([], [], [grantee('pia')], [grantee('client', 'ORGANISATION')]),
  severity: fc.constantFrom('LOW', 'HIGH', null),
  tags: fc.subarray(
    ['api', 'API ', 'élan', 'distillation'].map((tag) => tag.trim()),
    { minLength: 1 },
  ),
  lead: fc.constantFrom('ann', 'bob', 'rosa'),
  assignees: fc.subarray(['ann', 'bob', 'rosa'], { minLength: 1 }),
  likelihood: fc.constantFrom('LIKELY', 'UNLIKELY', null),
  competesWith: fc.constantFrom([], [attribution]),
  bearing: fc.constantFrom('FOR', 'AGAINST'),
  reviewedRevision: fc.nat(20),
  expectedRevision: mostly<number | null>(null, fc.nat(20)),
};

/** The ids of one's own records, which a command either creates or addresses; rarely one that is nobody's. */
const ids = {
  partyId: fc.constantFrom(partner, provider, subject, unknown),
  observationId: mostly(observation, fc.constant(unknown)),
  notificationId: mostly(notification, fc.constant(unknown)),
  violationId: mostly(violation, fc.constant(unknown)),
  noteId: mostly(note, fc.constant(unknown)),
  recordId: mostly(note, fc.constantFrom(partner, observation, attribution, identity, technique, unknown)),
  partyRelationId: mostly(partyRelation, fc.constant(unknown)),
  identifierId: mostly(identifier, fc.constant(unknown)),
  identityId: mostly(identity, fc.constant(unknown)),
  techniqueId: mostly(technique, fc.constant(unknown)),
  attributionId: mostly(attribution, fc.constant(unknown)),
  markedId: mostly(note, fc.constantFrom(partner, CASE, unknown)),
  privilegeId: mostly(privilege, fc.constant(unknown)),
  questionId: mostly(question, fc.constant(unknown)),
  findingId: mostly(finding, fc.constant(unknown)),
  linkId: mostly(link, fc.constant(unknown)),
  knowledgeId: mostly(knowledge, fc.constant(unknown)),
  disclosureId: mostly(disclosure, fc.constant(unknown)),
  fromRecordId: fc.constantFrom(partner, provider, observation),
  toRecordId: fc.constantFrom(subject, provider, note),
  reportId: mostly(report, fc.constant(unknown)),
  statementId: mostly(statement, fc.constant(unknown)),
  productId: fc.constantFrom(product, otherProduct),
  exhibitId: fc.constantFrom(exhibit, otherExhibit),
  claimId: mostly(claim, fc.constant(unknown)),
  impactId: mostly(impact, fc.constant(unknown)),
  countermeasureId: mostly(countermeasure, fc.constant(unknown)),
  referralId: mostly(referral, fc.constant(unknown)),
  authorityRequestId: mostly(authorityRequest, fc.constant(unknown)),
  cooperationId: mostly(cooperation, fc.constant(unknown)),
  counselEngagementId: mostly(counselEngagement, fc.constant(unknown)),
  statedIn: fc.subarray([statement]),
  byPartyId: fc.constantFrom(partner, provider, unknown),
  inResponseTo: fc.option(fc.constantFrom(partner, statement, unknown)),
  derivedFrom: fc.subarray([exhibit, otherExhibit]),
  exhibits: fc.subarray([exhibit]),
  reportedIn: fc.subarray([report]),
};

/** A closed or merged case refuses nearly everything: it is closed or merged rarely, and reopened or parted soon. */
const weights: Partial<Record<CommandName, number>> = {
  openCase: 0,
  closeCase: 1,
  reopenCase: 20,
  mergeCase: 1,
  unmergeCase: 20,
};
const anyName = fc.oneof(
  ...(Object.keys(commands) as CommandName[]).map((name) => ({
    weight: weights[name] ?? 5,
    arbitrary: fc.constant(name),
  })),
);

/** A command on the case, from one of two actors; command ids repeat now and then. */
export const anyStep = (): fc.Arbitrary<Step> =>
  fc
    .record({
      name: anyName,
      actor: fc.constantFrom(ann, bob),
      commandId: fc.integer({ min: 1, max: 60 }).map(String),
      full: fc.boolean(),
      over: fc.record({ ...fields, ...ids }, { requiredKeys: ['reviewedRevision'] }),
    })
    .map(({ name, actor, commandId, full, over }) => {
      const build = full ? commands[name].full : commands[name];
      const command = build() as unknown as CommandFields & Record<string, unknown>;
      for (const [field, value] of Object.entries(over)) if (field in command) command[field] = value;
      return { name, actor, command: Object.assign(command, { commandId }) };
    });
