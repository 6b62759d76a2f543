import { randomUUID } from 'node:crypto';
import { type GraphQLInputObjectType, type GraphQLSchema } from 'graphql';
import { Random } from '../crash/random.js';
import { codeOf } from './code-of.js';
import { type FullCase, type RecordField, recordFullCase } from './full-case.js';
import { aGuest, rightInputs } from './right-inputs.js';
import { schemaOf } from './selections.js';
import { type Answer } from './api.js';
import { Service } from './service.js';
import {
  CASES,
  COMMANDS,
  CREATES,
  OF_ACCESS,
  OF_COUNSEL,
  OF_GROUPS,
  OF_KEYS,
  OF_TERMS,
  PARTIES,
  RECORDS,
} from './wrong-commands.js';
import { escaped, firstOfEach, has, literal, notMetBefore, withIn, wrongInputs } from './wrong-inputs.js';

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
  let right: Record<string, Record<string, any>>;

  beforeAll(async () => {
    service = await Service.start();
    investigator = await service.keyFor('ines');
    const reviewer = await service.keyFor('rosa');
    counsel = await service.keyFor('cora', ['COUNSEL']);
    schema = await schemaOf(service);
    full = await recordFullCase(service, investigator, reviewer);
    other = await recordFullCase(service, investigator, reviewer);
    right = await rightInputs(service, investigator, full);
  });
  afterAll(() => service.stop());

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
    const used = { ...aGuest(), commandId: randomUUID() };
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
