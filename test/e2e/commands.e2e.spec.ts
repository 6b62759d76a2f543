import { randomUUID } from 'node:crypto';
import { Service } from './service.js';

describe('commands over GraphQL', () => {
  let service: Service;
  let investigator: string;
  let reviewer: string;
  beforeAll(async () => {
    service = await Service.start();
    investigator = await service.keyFor('ines');
    reviewer = await service.keyFor('rosa', ['REVIEWER']);
  });
  afterAll(() => service.stop());

  const openCase = async (title = 'A case'): Promise<string> =>
    (await service.done('openCase', { title, kind: 'INCIDENT' }, investigator)).case.id as string;
  const codeOf = ({ errors }: { errors?: { extensions: { code: string } }[] }): string | undefined =>
    errors?.[0]?.extensions.code;

  it('answers a retry with the first result and stores nothing more', async () => {
    const input = { commandId: randomUUID(), title: 'Once', kind: 'CASE' };
    const first = await service.command('openCase', input, investigator);
    const again = await service.command('openCase', input, investigator);
    expect(again.data).toEqual(first.data);
    const other = await service.command('openCase', { ...input, title: 'Twice' }, investigator);
    expect(codeOf(other)).toBe('COMMAND_REUSED');
    // Another principal's command of that id is another command.
    const mine = await service.command('openCase', input);
    expect(mine.data.openCase.events[0].id).not.toBe(first.data.openCase.events[0].id);
  });

  it('gives 64 concurrent openers 64 numbers', async () => {
    const opened = await Promise.all(
      Array.from({ length: 64 }, (_, n) =>
        service.done('openCase', { title: `Case ${n}`, kind: 'CASE' }, investigator),
      ),
    );
    const numbers = opened.map((result) => result.case.number as string);
    expect(new Set(numbers).size).toBe(64);
    for (const number of numbers) expect(number).toMatch(/^CASE-20\d\d-\d{4,}$/);
  });

  it('takes a violation from suspicion to confirmation by a second person', async () => {
    const caseId = await openCase();
    const partyId = randomUUID();
    await service.done(
      'addParty',
      { caseId, partyKind: 'ORGANISATION', name: 'Halden', partyRoles: ['PROVIDER'], partyId },
      investigator,
    );
    const violationId = randomUUID();
    const suspicion = {
      caseId,
      violationId,
      description: { text: 'Distillation' },
      source: { assertedBy: partyId },
      provisions: [{ document: 'Terms of Use', clause: '4.2' }],
    };
    await service.done('suspectViolation', suspicion, investigator);
    expect(codeOf(await service.command('submitViolationForReview', { caseId, violationId }, investigator))).toBe(
      'NOT_ALLEGED',
    );
    await service.done('allegeViolation', { caseId, violationId, grounds: 'Usage logs' }, investigator);
    const { revision } = await service.done('submitViolationForReview', { caseId, violationId }, investigator);
    const confirm = { caseId, violationId, findings: 'It took place.', reviewedRevision: revision };
    expect(codeOf(await service.command('confirmViolation', confirm, investigator))).toBe('FOUR_EYES');
    const second = await service.keyFor('ines', ['REVIEWER'], 'Ines, other key');
    expect(codeOf(await service.command('confirmViolation', confirm, second))).toBe('FOUR_EYES');
    const stale = await service.command('confirmViolation', { ...confirm, reviewedRevision: revision - 1 }, reviewer);
    expect(codeOf(stale)).toBe('REVISION_CONFLICT');
    expect(stale.errors![0].extensions.current).toBe(revision);
    expect(
      codeOf(await service.command('closeCase', { caseId, resolution: 'VIOLATION_CONFIRMED' }, investigator)),
    ).toBe('NO_CONFIRMED_VIOLATION');
    await service.done('confirmViolation', confirm, reviewer);
    await service.done(
      'closeCase',
      { caseId, resolution: 'VIOLATION_CONFIRMED', occurredAt: '2025-03-18' },
      investigator,
    );
    expect(codeOf(await service.command('addNote', { caseId, text: { text: 'Late' } }, investigator))).toBe(
      'CASE_CLOSED',
    );
    await service.done('reopenCase', { caseId, reason: 'New evidence', occurredAt: '2025-03-20' }, investigator);
    const { data } = await service.ask(
      `query ($id: ID!) { case(id: $id) { status resolution openPeriods { from to }
        violations { nodes { id status findings reviewedRevision revision confirmedBy { id name kind } recordedBy { id } provisions { document version clause } occurredAt { stated earliest latest } } } } }`,
      { id: caseId },
    );
    expect(data.case).toMatchObject({
      status: 'OPEN',
      resolution: null,
      openPeriods: [{ to: '2025-03-18' }, { from: '2025-03-20', to: null }],
      violations: {
        nodes: [
          {
            id: violationId,
            status: 'CONFIRMED',
            findings: 'It took place.',
            reviewedRevision: revision,
            confirmedBy: { id: 'rosa', name: 'rosa', kind: 'PERSON' },
            recordedBy: { id: 'ines' },
            provisions: [{ document: 'Terms of Use', version: null, clause: '4.2' }],
            occurredAt: { stated: 'NOT_STATED', earliest: null, latest: null },
          },
        ],
      },
    });
  });

  it('checks expectedRevision against what the command addresses', async () => {
    const caseId = await openCase();
    const noteId = randomUUID();
    const added = await service.done('addNote', { caseId, noteId, text: { text: 'One' } }, investigator);
    await service.done('addNote', { caseId, text: { text: 'Another' } }, investigator);
    const amend = { caseId, noteId, text: { text: 'Two' } };
    expect(
      codeOf(await service.command('amendNote', { ...amend, expectedRevision: added.revision + 1 }, investigator)),
    ).toBe('REVISION_CONFLICT');
    await service.done('amendNote', { ...amend, expectedRevision: added.revision }, investigator);
    expect(
      codeOf(await service.command('amendCase', { caseId, title: 'New', expectedRevision: 0 }, investigator)),
    ).toBe('REVISION_CONFLICT');
    await service.done('amendCase', { caseId, title: 'New', expectedRevision: 3 }, investigator);
  });

  const ID = '00000000-0000-4000-8000-000000000000';
  it.each([
    ['an unknown case', 'addNote', () => ({ caseId: ID, text: { text: 'x' } }), 'NOT_FOUND'],
    [
      'an unknown party',
      'receivePartnerNotification',
      (caseId: string) => ({ caseId, fromPartyId: ID, text: { text: 'x' }, source: { assertedBy: ID } }),
      'NOT_FOUND',
    ],
    ['an id that is none', 'addNote', () => ({ caseId: 'nope', text: { text: 'x' } }), 'VALIDATION_FAILED'],
    ['a missing field', 'addNote', (caseId: string) => ({ caseId }), 'VALIDATION_FAILED'],
    [
      'an unknown field',
      'addNote',
      (caseId: string) => ({ caseId, text: { text: 'x' }, colour: 'red' }),
      'VALIDATION_FAILED',
    ],
    ['a wrong type', 'addNote', (caseId: string) => ({ caseId, text: 'x' }), 'VALIDATION_FAILED'],
    [
      'too long a text',
      'addNote',
      (caseId: string) => ({ caseId, text: { text: 'x'.repeat(20_001) } }),
      'VALIDATION_FAILED',
    ],
    [
      'an impossible time',
      'closeCase',
      (caseId: string) => ({ caseId, resolution: 'WITHDRAWN', occurredAt: '2025-02-30' }),
      'VALIDATION_FAILED',
    ],
    ['a lone surrogate', 'addNote', (caseId: string) => ({ caseId, text: { text: 'a\ud800' } }), 'VALIDATION_FAILED'],
    [
      'an empty commandId',
      'addNote',
      (caseId: string) => ({ commandId: '', caseId, text: { text: 'x' } }),
      'VALIDATION_FAILED',
    ],
    ['a taken id', 'openCase', (caseId: string) => ({ caseId, title: 'x', kind: 'CASE' }), 'ALREADY_EXISTS'],
    ['nothing to amend', 'amendCase', (caseId: string) => ({ caseId }), 'NOTHING_CHANGED'],
  ])('refuses %s and writes nothing', async (_what, name, inputOf, code) => {
    const caseId = await openCase();
    const before = service.recorded();
    const { data, errors } = await service.command(name, inputOf(caseId), investigator);
    expect([codeOf({ errors }), data?.[name] ?? null]).toEqual([code, null]);
    if (code === 'VALIDATION_FAILED')
      expect(errors![0].extensions.violations).toEqual(
        expect.arrayContaining([{ path: expect.any(String), code: expect.any(String), message: expect.any(String) }]),
      );
    expect(service.recorded() - before).toBe(0);
  });

  it('does not take a record of another kind or case', async () => {
    const caseId = await openCase();
    const other = await openCase();
    const noteId = randomUUID();
    await service.done('addNote', { caseId, noteId, text: { text: 'x' } }, investigator);
    expect(codeOf(await service.command('retractNote', { caseId: other, noteId, reason: 'x' }, investigator))).toBe(
      'NOT_FOUND',
    );
    expect(
      codeOf(
        await service.command('withdrawObservation', { caseId, observationId: noteId, reason: 'x' }, investigator),
      ),
    ).toBe('NOT_FOUND');
  });
});
