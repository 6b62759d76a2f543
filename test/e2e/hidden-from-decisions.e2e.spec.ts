import { randomUUID } from 'node:crypto';
import { CasesOfInes } from './cases-of-ines.js';
import { codeOf } from './code-of.js';

const INES = { kind: 'PERSON', id: 'ines' };
const ROSA = { kind: 'PERSON', id: 'rosa' };

describe('a record that is hidden from whoever sends a command that names no record', () => {
  let cases: CasesOfInes;
  let bob: string;
  beforeAll(async () => {
    cases = await CasesOfInes.start();
    bob = await cases.service.keyFor('bob');
  }, 60_000);
  afterAll(() => cases.stop());

  /** A case that Bob may close as well. */
  const opened = (): Promise<string> =>
    cases.opened('A case', { members: [{ grantee: { kind: 'PERSON', id: 'bob' }, rights: ['READ', 'CLOSE'] }] });
  const hide = (caseId: string, recordId: string, named = [INES]): Promise<void> =>
    cases.done('limitRecord', { caseId, recordId, named });
  const answered = async (key: string, name: string, input: object): Promise<string | undefined> => {
    const answer = await cases.service.command(name, input, key);
    return answer.errors ? codeOf(answer) : 'DONE';
  };

  it('lets nobody close a case by it: a violation that stands confirmed', async () => {
    const [caseId, violationId] = [await opened(), randomUUID()];
    const suspected = { description: { text: 'A breach.' }, source: { assertedBy: randomUUID() } };
    const partyId = suspected.source.assertedBy;
    await cases.done('addParty', { caseId, partyId, partyKind: 'ORGANISATION' });
    const provisions = [{ document: 'Terms' }];
    await cases.done('suspectViolation', { caseId, violationId, ...suspected, provisions });
    await cases.done('allegeViolation', { caseId, violationId, grounds: 'The logs.', citations: [] });
    await cases.done('submitViolationForReview', { caseId, violationId });
    const { revision } = await cases.read(caseId, 'revision');
    const confirming = { caseId, violationId, findings: 'It took place.', reviewedRevision: revision };
    await cases.service.done('confirmViolation', confirming, cases.rosa);
    await hide(caseId, violationId, [INES, ROSA]);
    const closing = { caseId, resolution: 'VIOLATION_CONFIRMED' };
    expect(await answered(bob, 'closeCase', closing)).toBe('NO_CONFIRMED_VIOLATION');
    expect(await answered(cases.ines, 'closeCase', closing)).toBe('DONE');
  });

  it('answers no question: a finding', async () => {
    const [caseId, questionId, findingId] = [await opened(), randomUUID(), randomUUID()];
    await cases.done('raiseQuestion', { caseId, questionId, text: { text: 'Who?' } });
    await cases.done('recordFinding', { caseId, findingId, text: { text: 'Somebody.' }, answers: [questionId] });
    await hide(caseId, findingId);
    const closing = { caseId, questionId, questionOutcome: 'ANSWERED' };
    expect(await answered(bob, 'closeQuestion', closing)).toBe('NO_FINDING');
    expect(await answered(cases.ines, 'closeQuestion', closing)).toBe('DONE');
  });

  it('is no relation that stands already', async () => {
    const [caseId, otherCaseId, caseRelationId] = [await opened(), await opened(), randomUUID()];
    const relating = { caseId, otherCaseId, caseRelationKind: 'RELATED' };
    await cases.done('relateCases', { ...relating, caseRelationId });
    await hide(caseId, caseRelationId);
    expect(await answered(cases.ines, 'relateCases', relating)).toBe('ALREADY_RELATED');
    expect(await answered(bob, 'relateCases', relating)).toBe('DONE');
  });

  it.each(['linkRecords', 'correctLink'])('is no link that says so already: %s', async (name) => {
    const [caseId, hidden, linkId, ...notes] = [await opened(), ...Array.from({ length: 5 }, () => randomUUID())];
    for (const noteId of notes) await cases.done('addNote', { caseId, noteId, text: { text: 'A note.' } });
    const [fromRecordId, toRecordId, other] = notes;
    const linking = { caseId, fromRecordId, linkKind: 'OCCURRED_AFTER', toRecordId };
    await cases.done('linkRecords', { ...linking, linkId: hidden });
    await cases.done('linkRecords', { ...linking, toRecordId: other, linkId });
    await hide(caseId, hidden);
    const said = name === 'linkRecords' ? linking : { ...linking, linkId, reason: 'Mistaken.' };
    expect(await answered(cases.ines, name, said)).toBe('ALREADY_LINKED');
    expect(await answered(bob, name, said)).toBe('DONE');
  });

  it('competes with no attribution', async () => {
    const [caseId, subjectId, otherId, toPartyId] = [await opened(), randomUUID(), randomUUID(), randomUUID()];
    for (const partyId of [subjectId, otherId, toPartyId])
      await cases.done('addParty', { caseId, partyId, partyKind: 'ORGANISATION' });
    const assessment = { likelihood: 'LIKELY', confidence: 'LOW' };
    const assessing = { caseId, subjectId, attributionKind: 'ACTS_FOR', toPartyId, ...assessment };
    const [attributionId, competing] = [randomUUID(), randomUUID()];
    await cases.done('assessAttribution', { ...assessing, attributionId });
    await cases.done('assessAttribution', { ...assessing, attributionId: competing, competesWith: [attributionId] });
    await hide(caseId, competing);
    const correcting = { ...assessing, attributionId, subjectId: otherId, reason: 'Another one.' };
    expect(await answered(cases.ines, 'correctAttribution', correcting)).toBe('NOT_COMPETING');
    expect(await answered(bob, 'correctAttribution', correcting)).toBe('DONE');
  });

  it('closes no circle of statements', async () => {
    const [caseId, partyId, ...ids] = [await opened(), ...Array.from({ length: 4 }, () => randomUUID())];
    const [first, second, hidden] = ids;
    await cases.done('addParty', { caseId, partyId, partyKind: 'PERSON' });
    const said = { caseId, text: { text: 'It was not us.' }, source: { assertedBy: partyId } };
    await cases.done('recordStatement', { ...said, statementId: first });
    await cases.done('recordStatement', { ...said, statementId: hidden, inResponseTo: first });
    await cases.done('recordStatement', { ...said, statementId: second, inResponseTo: hidden });
    await hide(caseId, hidden);
    const correcting = { ...said, statementId: first, inResponseTo: second, reason: 'It was an answer.' };
    expect(await answered(cases.ines, 'correctStatement', correcting)).toBe('RESPONDS_TO_ITSELF');
    expect(await answered(bob, 'correctStatement', correcting)).toBe('DONE');
  });

  it('closes no circle of exhibits', async () => {
    const [caseId, partyId, ...ids] = [await opened(), ...Array.from({ length: 4 }, () => randomUUID())];
    const [first, second, hidden] = ids;
    await cases.done('addParty', { caseId, partyId, partyKind: 'PERSON' });
    const exhibit = { caseId, exhibitKind: 'LOG_EXTRACT', title: 'A log', source: { assertedBy: partyId } };
    await cases.done('recordExhibit', { ...exhibit, exhibitId: first });
    await cases.done('recordExhibit', { ...exhibit, exhibitId: hidden, derivedFrom: [first] });
    await cases.done('recordExhibit', { ...exhibit, exhibitId: second, derivedFrom: [hidden] });
    await hide(caseId, hidden);
    const correcting = { ...exhibit, exhibitId: first, derivedFrom: [second], reason: 'Made from it.' };
    expect(await answered(cases.ines, 'correctExhibit', correcting)).toBe('DERIVED_FROM_ITSELF');
    expect(await answered(bob, 'correctExhibit', correcting)).toBe('DONE');
  });

  it('is no reference that the case has already, and is not said to be in it', async () => {
    const [caseId, other, referenceId] = [await opened(), await opened(), randomUUID()];
    const reference = { system: 'Jira', externalId: randomUUID() };
    await cases.done('addExternalReference', { caseId, ...reference, referenceId });
    const elsewhere = (key: string) =>
      cases.service.command('addExternalReference', { caseId: other, ...reference }, key);
    expect(JSON.stringify(await elsewhere(bob))).toContain(caseId);
    await hide(caseId, referenceId);
    expect(await answered(cases.ines, 'addExternalReference', { caseId, ...reference })).toBe('ALREADY_REFERENCED');
    const taken = await elsewhere(bob);
    expect(codeOf(taken)).toBe('REFERENCE_TAKEN');
    expect(JSON.stringify(taken)).not.toContain(caseId);
    expect(JSON.stringify(await elsewhere(cases.ines))).toContain(caseId);
    // The same there: else whoever tries each case in turn would find the one.
    const here = await cases.service.command('addExternalReference', { caseId, ...reference }, bob);
    expect(here.errors).toEqual(taken.errors);
  });
});
