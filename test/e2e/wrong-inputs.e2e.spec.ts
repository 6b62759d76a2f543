import { randomUUID } from 'node:crypto';
import { type GraphQLInputObjectType, type GraphQLSchema } from 'graphql';
import { Random } from '../crash/random.js';
import { codeOf } from './code-of.js';
import { type FullCase, type RecordField, recordFullCase } from './full-case.js';
import { schemaOf } from './selections.js';
import { type Answer } from './api.js';
import { Service } from './service.js';
import { firstOfEach, literal, notMetBefore, wrongInputs } from './wrong-inputs.js';

/** The id that a command may choose for what it creates. */
const CREATES: Record<string, string> = {
  ...{ openCase: 'caseId', addParty: 'partyId', addNote: 'noteId', suspectViolation: 'violationId' },
  ...{ recordExhibit: 'exhibitId', observeSuspiciousActivity: 'observationId' },
  ...{ receivePartnerNotification: 'notificationId', notifyPartner: 'notificationId' },
  ...{ assertPrivilege: 'privilegeId', relateCases: 'caseRelationId', addExternalReference: 'referenceId' },
  ...{ recordPartyRelation: 'partyRelationId', assessIdentity: 'identityId', assessAttribution: 'attributionId' },
  suspectTechnique: 'techniqueId',
  recordIdentifier: 'identifierId',
  ...{ recordReport: 'reportId', recordStatement: 'statementId', recordProduct: 'productId', recordClaim: 'claimId' },
  ...{ recordImpact: 'impactId', proposeCountermeasure: 'countermeasureId' },
  ...{ recordCountermeasureTaken: 'countermeasureId', referToAuthority: 'referralId' },
  ...{ recordAuthorityRequest: 'authorityRequestId', openCooperation: 'cooperationId' },
  ...{ engageCounsel: 'counselEngagementId', recordTerms: 'termsId' },
  ...{ raiseQuestion: 'questionId', recordFinding: 'findingId', linkRecords: 'linkId' },
  ...{ recordKnowledge: 'knowledgeId', recordDisclosure: 'disclosureId' },
};
/** Whom a command names beside the record it is about: parties of the case, and records of any kind. */
const PARTIES = [
  'fromPartyId',
  'toPartyId',
  'byPartyId',
  'allegedBy',
  'subjectId',
  'assessedBy',
  'assessedVia',
  'subjects',
  'observedBy',
  'source.assertedBy',
  'source.via',
  ...['reportPartyId', 'publisherId', 'authors', 'reliesOn', 'affiliationId', 'awareness.0.knowerId'],
  ...['providers', 'affected', 'authorityId', 'authorities', 'counsel', 'clientId'],
  ...['causation.source.assertedBy', 'causation.source.via', 'askedBy', 'knownTo'],
  ...['collectedBy', 'custodianId'],
];
const RECORDS = [
  ...['evidenceId', 'competesWith', 'techniques', 'answers', 'support', 'against'],
  ...['exhibits', 'derivedFrom'],
  ...['fromRecordId', 'toRecordId', 'underRecordId', 'disclosed.0.recordId'],
  ...['about', 'recordId', 'inResponseTo', 'reportedIn', 'statedIn', 'claims.0.about', 'awareness.0.about'],
  ...[
    'citations.0.termsId',
    'relatedProducts.0.productId',
    'comparisons.0.comparedWith',
    'cost.comparedWith',
    'causation.causes',
  ],
];
/** Another case. */
const CASES = ['otherCaseId', 'intoCaseId'];
/** What administrators do: keys, and what groups of the OIDC provider stand for. */
const OF_GROUPS = ['mapGroup', 'unmapGroup'];
const OF_KEYS = ['issueKey', 'revokeKey', 'loadTechniques', ...OF_GROUPS];
/** What stands outside all cases. */
const OF_TERMS = ['recordTerms', 'correctTerms', 'addTermsVersion', 'correctTermsVersion'];
/** Counsel's own. */
const OF_COUNSEL = ['assertPrivilege', 'waivePrivilege'];
const OF_MARKS = ['markCase', 'markRecord', 'recordOriginatorConsent'];
/** Who sees a case and its records is said of closed cases too. */
const OF_ACCESS = [
  ...['addMember', 'changeMember', 'removeMember', 'restrictCase', 'unrestrictCase', 'limitRecord', 'liftLimit'],
  ...OF_MARKS,
  ...OF_COUNSEL,
];
const COMMANDS = [
  ...OF_ACCESS,
  ...['assignCase', 'assignLead', 'rateCase', 'relieveLead', 'tagCase', 'unassignCase', 'untagCase', 'retractRecord'],
  ...['addExternalReference', 'relateCases', 'mergeCase', 'unmergeCase'],
  ...['acknowledgeNotification', 'addNote', 'addParty', 'allegeViolation', 'amendCase', 'amendNote', 'amendParty'],
  ...['closeCase', 'confirmViolation', 'correctObservation', 'dismissViolation', 'notifyPartner'],
  ...['observeSuspiciousActivity', 'openCase', 'receivePartnerNotification', 'reinstateViolation', 'reopenCase'],
  ...[
    'recordPartyRelation',
    'correctPartyRelation',
    'recordIdentifier',
    'correctIdentifier',
    'assessIdentity',
    'correctIdentity',
  ],
  ...['assessAttribution', 'correctAttribution', 'reviseAssessment', 'weighEvidence'],
  ...['suspectTechnique', 'correctTechnique', 'establishTechnique', 'doubtTechnique'],
  ...['recordExhibit', 'correctExhibit', 'correctViolation'],
  ...['retractNote', 'submitViolationForReview', 'suspectViolation', 'withdrawNotification', 'withdrawObservation'],
  ...['recordReport', 'correctReport', 'recordStatement', 'correctStatement', 'recordProduct', 'correctProduct'],
  ...['recordClaim', 'correctClaim', 'recordImpact', 'correctImpact'],
  ...['proposeCountermeasure', 'recordCountermeasureTaken', 'approveCountermeasure', 'rejectCountermeasure'],
  ...['applyCountermeasure', 'liftCountermeasure', 'recordCountermeasureEffect', 'acknowledgeCountermeasure'],
  ...['correctCountermeasure', 'referToAuthority', 'correctReferral', 'recordAuthorityRequest'],
  ...['answerAuthorityRequest', 'correctAuthorityRequest', 'openCooperation', 'closeCooperation'],
  ...['correctCooperation', 'engageCounsel', 'endCounselEngagement', 'correctCounselEngagement'],
  ...['raiseQuestion', 'correctQuestion', 'assignQuestion', 'closeQuestion', 'reopenQuestion'],
  ...['recordFinding', 'correctFinding', 'linkRecords', 'correctLink', 'recordKnowledge', 'correctKnowledge'],
  ...['recordDisclosure', 'correctDisclosure', 'acknowledgeDisclosure'],
  ...['correctReceivedNotification', 'correctSentNotification'],
];

/** How many wrong inputs of a kind each command is sent: chance chooses them, and `npm run test:attack` sends all. */
const SOME = process.env.ATTACK_WHOLE ? Infinity : 8;
const random = new Random();

describe(`a command that is wrong (CRASH_SEED=${random.seed})`, () => {
  let service: Service;
  let schema: GraphQLSchema;
  let investigator: string;
  let counsel: string;
  let full: FullCase;
  let other: FullCase;
  /** A right input of each command, with a value for every field but the id of what it creates. */
  const right: Record<string, Record<string, any>> = {};

  beforeAll(async () => {
    service = await Service.start();
    investigator = await service.keyFor('ines');
    const reviewer = await service.keyFor('rosa');
    counsel = await service.keyFor('cora', ['COUNSEL']);
    schema = await schemaOf(service);
    full = await recordFullCase(service, investigator, reviewer);
    other = await recordFullCase(service, investigator, reviewer);
    const fresh = await freshRecords();
    for (const [name, { [CREATES[name]]: _chosen, ...input }] of Object.entries({
      ...full.inputs,
      ...full.termsInputs,
    })) {
      const addressed = Object.entries(fresh).filter(([field]) => Object.hasOwn(input, field));
      right[name] = { expectedRevision: 0, ...input, ...Object.fromEntries(addressed), commandId: randomUUID() };
      if (name === 'openCase' || name === 'recordTerms') delete right[name].expectedRevision;
    }
    const recipients = [{ kind: 'ORGANISATION', id: 'halden' }];
    for (const name of OF_MARKS) Object.assign(right[name], { tlp: 'AMBER', recipients });
    const { data } = await service.command('issueKey', key(), service.adminKey, 'key { id }');
    const whole = {
      scopes: ['CASES'],
      expiresAt: '2099-01-01T00:00:00Z',
      organisation: 'Brightwater',
      onBehalfOf: 'ines',
    };
    right.issueKey = { ...key(), ...whole, commandId: randomUUID(), correlationId: 'k' };
    const mapping = { group: 'reviewers', groupRoles: ['REVIEWER'], organisation: 'Brightwater' };
    expect((await service.command('mapGroup', mapping, service.adminKey)).errors).toBeUndefined();
    right.mapGroup = { ...mapping, group: 'auditors', commandId: randomUUID(), correlationId: 'k' };
    const entries = [{ mitreId: 'T1078', label: 'Valid Accounts' }];
    right.loadTechniques = { framework: 'ATTACK', frameworkVersion: '17.1', entries, commandId: randomUUID() };
    right.loadTechniques.correlationId = 'k';
    right.unmapGroup = { group: 'reviewers', commandId: randomUUID(), correlationId: 'k' };
    right.revokeKey = { keyId: data.issueKey.key.id, reason: 'Left.', commandId: randomUUID(), correlationId: 'k' };
  });
  afterAll(() => service.stop());

  const key = () => ({ principal: 'guest', label: 'Guest', actorKind: 'PERSON', principalRoles: ['AUDITOR'] });

  /** Records that every command can still be carried out on. */
  async function freshRecords(): Promise<Partial<Record<RecordField, string>>> {
    const { caseId, inputs } = full;
    const creating = [
      ...['recordReport', 'recordStatement', 'recordProduct', 'recordClaim', 'recordImpact', 'proposeCountermeasure'],
      ...['referToAuthority', 'recordAuthorityRequest', 'openCooperation', 'engageCounsel'],
      ...['observeSuspiciousActivity', 'receivePartnerNotification', 'suspectViolation', 'addNote'],
    ];
    const ids = Object.fromEntries(creating.map((name) => [CREATES[name], randomUUID()]));
    for (const name of creating) {
      const field = CREATES[name];
      await service.done(name, { ...inputs[name], caseId, [field]: ids[field] }, investigator);
    }
    return ids;
  }

  const typeOf = (name: string): GraphQLInputObjectType =>
    schema.getType(`${name.charAt(0).toUpperCase()}${name.slice(1)}Input`) as GraphQLInputObjectType;
  const keyOf = (name: string): string => {
    if (OF_KEYS.includes(name)) return service.adminKey;
    return OF_COUNSEL.includes(name) ? counsel : investigator;
  };
  const send = (name: string, input: object): Promise<Answer> => {
    const type = typeOf(name).name;
    return service.ask(`mutation ($input: ${type}!) { ${name}(input: $input) { revision } }`, { input }, keyOf(name));
  };
  const inDocument = (name: string, input: object): Promise<Answer> =>
    service.ask(`mutation { ${name}(input: ${literal(input, typeOf(name))}) { revision } }`, {}, keyOf(name));

  /** Sends inputs that must all be refused, and nothing of them be written. */
  async function refusals<T extends { input: object }>(name: string, wrong: T[]): Promise<(T & { answer: Answer })[]> {
    const before = service.recorded();
    const answers = await Promise.all(wrong.map(async (one) => ({ ...one, answer: await send(name, one.input) })));
    for (const { answer } of answers) expect(answer.data?.[name] ?? null).toBeNull();
    expect(service.recorded()).toBe(before);
    return answers;
  }

  it('is looked for among all commands there are', () => {
    // Those that steer the projection record nothing.
    const recording = Object.keys(schema.getMutationType()!.getFields()).filter((name) => !/Projection$/.test(name));
    expect(recording.sort()).toEqual([...COMMANDS, ...OF_TERMS, ...OF_KEYS].sort());
    for (const name of [...COMMANDS, ...OF_TERMS, ...OF_KEYS]) {
      const { [CREATES[name]]: _chosen, ...fields } = typeOf(name).getFields();
      expect(Object.keys(right[name]).sort()).toEqual(Object.keys(fields).sort());
    }
  });

  const met = new Set<string>();
  it.each([...COMMANDS, ...OF_TERMS, ...OF_KEYS])(
    'anywhere is refused with the place, in a variable as in the document: %s',
    async (name) => {
      const all = notMetBefore(wrongInputs(typeOf(name), right[name]), met);
      expect(all.length).toBeGreaterThan(10);
      const wrong = random.some(all, SOME);
      const answers = await refusals(name, wrong);
      const told = answers.map(({ what, path, answer: { errors } }) => {
        const { code, violations } = errors![0].extensions;
        return { what, path, code, told: violations?.map((one: { path: string }) => one.path) };
      });
      expect(told).toEqual(
        wrong.map(({ what, path }) => ({
          ...{ what, path, code: 'VALIDATION_FAILED' },
          // Of a list of ids it is told that one is wrong, not which.
          told: expect.arrayContaining([expect.stringMatching(new RegExp(`^${escaped(path)}$`))]),
        })),
      );
      // A document is text: half a surrogate pair cannot even be read there.
      const writable = [...firstOfEach(answers.filter(({ what }) => !what.includes('surrogate')))];
      const before = service.recorded();
      const written = await Promise.all(writable.map(({ input }) => inDocument(name, input)));
      const said = ({ errors }: Answer) => [errors?.[0]?.message, errors?.[0]?.extensions];
      expect(written.map(said)).toEqual(writable.map(({ answer }) => said(answer)));
      expect(service.recorded()).toBe(before);
    },
    60_000,
  );

  const withIn = (input: Record<string, any>, path: string, id: string): Record<string, any> => {
    const [field, ...inner] = path.split('.');
    if (inner[0] === '0') return { ...input, [field]: [withIn(input[field][0], inner.slice(1).join('.'), id)] };
    if (inner.length > 0) return { ...input, [field]: withIn(input[field], inner.join('.'), id) };
    return { ...input, [field]: Array.isArray(input[field]) ? [id] : id };
  };
  const has = (input: Record<string, any>, path: string): boolean =>
    path.split('.').reduce<any>((at, field) => at?.[field], input) !== undefined;

  it.each(COMMANDS)('in whom it names is refused as NOT_FOUND: %s', async (name) => {
    const { expectedRevision: _, ...input } = right[name];
    const { ids } = full;
    const own = Object.keys(ids).filter((field) => has(input, field)) as RecordField[];
    const all = [
      ...own.flatMap((field) => [
        [field, ids[field === 'partyId' ? 'noteId' : 'partyId']],
        [field, other.ids[field]],
        [field, randomUUID()],
      ]),
      ...PARTIES.filter((path) => has(input, path)).flatMap((path) => [
        [path, ids.violationId],
        [path, other.ids.partyId],
        [path, full.caseId],
      ]),
      ...RECORDS.filter((path) => has(input, path)).flatMap((path) => [
        [path, other.ids.violationId],
        [path, randomUUID()],
      ]),
      ...CASES.filter((path) => has(input, path)).flatMap((path) => [
        [path, ids.partyId],
        [path, randomUUID()],
      ]),
      ...(name === 'openCase'
        ? []
        : [
            ['caseId', randomUUID()],
            ['caseId', ids.partyId],
          ]),
    ];
    const wrong = random
      .some(all, SOME)
      .map(([path, id]) => ({ path, input: withIn({ ...input, commandId: randomUUID() }, path, id) }));
    const answers = await refusals(name, wrong);
    const told = answers.map(({ path, answer }) => ({
      path,
      code: codeOf(answer),
      message: answer.errors![0].message,
    }));
    expect(told).toEqual(wrong.map(({ path }) => ({ path, code: 'NOT_FOUND', message: expect.stringMatching(/\.$/) })));
  });

  it('in choosing an id of terms that is taken is refused as ALREADY_EXISTS', async () => {
    const input = { ...right.recordTerms, commandId: randomUUID(), termsId: right.correctTerms.termsId };
    const [{ answer }] = await refusals('recordTerms', [{ input }]);
    expect(codeOf(answer)).toBe('ALREADY_EXISTS');
  });

  const inCases = Object.keys(CREATES).filter((name) => !OF_TERMS.includes(name));
  it.each(inCases)('in choosing an id that is taken is refused as ALREADY_EXISTS: %s', async (name) => {
    const field = CREATES[name];
    // Of a record of its own kind, of another kind, of the case itself.
    const taken = field === 'caseId' ? [] : [full.ids[field as RecordField], full.ids.partyId, full.ids.noteId];
    const { expectedRevision: _, ...input } = right[name];
    const wrong = [...taken, full.caseId].map((id) => ({ input: { ...input, commandId: randomUUID(), [field]: id } }));
    for (const { answer } of await refusals(name, wrong)) expect(codeOf(answer)).toBe('ALREADY_EXISTS');
  });

  it.each(COMMANDS.filter((name) => name !== 'openCase'))(
    'in what it expects is refused as REVISION_CONFLICT: %s',
    async (name) => {
      const wrong = [9999, 2 ** 31 - 1].map((expectedRevision) => ({ input: { ...right[name], expectedRevision } }));
      for (const { answer } of await refusals(name, wrong)) {
        expect(answer.errors![0].extensions).toEqual({ code: 'REVISION_CONFLICT', current: expect.any(Number) });
      }
    },
  );

  it.each([...COMMANDS, ...OF_TERMS, ...OF_KEYS])('in its commandId is refused as COMMAND_REUSED: %s', async (name) => {
    const used = { ...key(), commandId: randomUUID() };
    if (OF_GROUPS.includes(name)) {
      const { commandId } = used;
      const input = { commandId, group: commandId, groupRoles: ['AUDITOR'] };
      expect((await service.command('mapGroup', input, service.adminKey)).errors).toBeUndefined();
    } else if (name === 'loadTechniques') {
      const entries = [{ mitreId: 'T1585', label: 'Establish Accounts' }];
      const input = { ...right.loadTechniques, commandId: used.commandId, entries };
      expect((await service.command(name, input, service.adminKey)).errors).toBeUndefined();
    } else if (OF_TERMS.includes(name)) {
      // Command ids are known by stream: this one's is that of the terms that the others name.
      const terms = { ...right.recordTerms, commandId: used.commandId, termsId: randomUUID() };
      expect((await send('recordTerms', terms)).errors).toBeUndefined();
      const { expectedRevision: _revision, ...rest } = right[name];
      const other = { ...rest, title: 'Other', commandId: used.commandId, termsId: terms.termsId };
      const { title: _title, ...untitled } = other;
      const input = name.endsWith('Version') ? untitled : other;
      const [{ answer }] = await refusals(name, [{ input }]);
      expect(codeOf(answer)).toBe('COMMAND_REUSED');
      return;
    } else if (OF_KEYS.includes(name)) await service.command('issueKey', used, service.adminKey);
    else
      await service.done(
        'addNote',
        { commandId: used.commandId, caseId: full.caseId, text: { text: 'x' } },
        keyOf(name),
      );
    const { expectedRevision: _, ...input } = right[name];
    const again = { ...input, commandId: used.commandId, ...(name === 'openCase' && { caseId: full.caseId }) };
    const [{ answer }] = await refusals(name, [{ input: name === 'issueKey' ? { ...again, label: 'Other' } : again }]);
    expect(codeOf(answer)).toBe('COMMAND_REUSED');
  });

  it.each(OF_KEYS)('because keys are none of an investigator’s business is refused as FORBIDDEN: %s', async (name) => {
    const before = service.recorded();
    expect(codeOf(await service.command(name, right[name], investigator))).toBe('FORBIDDEN');
    expect(service.recorded()).toBe(before);
  });

  it('because the case is closed is refused as CASE_CLOSED, whatever it is', async () => {
    await service.done('closeCase', { caseId: other.caseId, resolution: 'REFERRED' }, investigator);
    const before = service.recorded();
    const codes = await Promise.all(
      COMMANDS.filter((name) => !['openCase', 'reopenCase', ...OF_ACCESS].includes(name)).map(async (name) => {
        const { [CREATES[name]]: _chosen, ...input } = other.inputs[name];
        return [name, codeOf(await send(name, { ...input, commandId: randomUUID() }))];
      }),
    );
    expect(codes.filter(([, code]) => code !== 'CASE_CLOSED')).toEqual([]);
    expect(service.recorded()).toBe(before);
  });
});

/** As a pattern, with the place in a list left open. */
const escaped = (path: string): string => path.replaceAll('.', '\\.').replaceAll('[0]', '(\\[0\\])?');
