import 'reflect-metadata';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { sha256 } from '#event-sourcing/hash.js';
import { LogUnavailable } from '#event-sourcing/log/errors.js';
import { LOG_ID } from '../../../../test/builders/decide.js';
import { MemoryLog } from '../../../../test/builders/memory-log.js';
import { eventsIn } from '../../../../test/builders/record.js';
import { permissiveRegistry } from '../../../../test/builders/registry.js';
import { refusalFrom } from '../../../../test/builders/refusal.js';
import { CASE_RULES, type CaseRules } from '../cases/case-rules.js';
import { keepPolicy, recordedForm, rulesIn } from './keep-policy.js';
import { AccessPolicyRecorded, POLICY_STREAM } from './policy-recorded.js';

/**
 * Each version of the policy by the digest of its table. A log tells by them what held when: a table that has been in use
 * never changes under its number. Add a line when you raise the version.
 */
const TABLES: Readonly<Record<number, string>> = {
  2: '615aa9cdd52095b775834a8f624e0d288d428abe12f4d7f1222de5b85e68fb88',
  3: '8182e04d1783de15d840d218e3acb382d6680fd7446514648631f7d1a1da0572',
};

const older: CaseRules = { ...CASE_RULES, version: CASE_RULES.version - 1, opens: ['COUNSEL'] };
const recorded = (rules: CaseRules): AccessPolicyRecorded => {
  const { version: policyVersion, digest: policyDigest, table: policyTable } = recordedForm(rules);
  return { policyVersion, policyDigest, policyTable };
};

describe('the policy in force', () => {
  /** As a process of its own would decide. */
  const handler = (log: MemoryLog) =>
    new CommandHandler({
      ...{ log, logId: LOG_ID, registry: permissiveRegistry(AccessPolicyRecorded) },
      authorise: () => undefined,
    });
  const tables = async (log: MemoryLog) =>
    (await eventsIn(log, POLICY_STREAM)).map(({ payload }) => JSON.parse(payload) as AccessPolicyRecorded);

  it('has a number of its own for every table that has been in use', () => {
    expect({ version: CASE_RULES.version, digest: recordedForm(CASE_RULES).digest }).toEqual({
      version: CASE_RULES.version,
      digest: TABLES[CASE_RULES.version],
    });
  });

  it('is recorded at the first start and at each whose table is another, an older one again too', async () => {
    const log = await MemoryLog.create();
    for (const rules of [older, older, CASE_RULES, CASE_RULES, older]) await keepPolicy(handler(log), rules);
    expect(await tables(log)).toEqual([older, CASE_RULES, older].map(recorded));
    const [first] = await tables(log);
    expect(first.policyDigest).toBe(sha256(first.policyTable));
    expect(rulesIn(first)).toEqual(older);
  });

  it('is recorded once by processes that start at the same time', async () => {
    const log = await MemoryLog.create();
    log.hold();
    const starts = [1, 2, 3].map(() => keepPolicy(handler(log)));
    while (log.waits < 3) await new Promise((resolve) => setImmediate(resolve));
    log.release();
    await Promise.all(starts);
    expect(await tables(log)).toEqual([recorded(CASE_RULES)]);
  });

  it('lets nobody start where it cannot be recorded', async () => {
    const log = await MemoryLog.create();
    log.failNext(POLICY_STREAM, new LogUnavailable('The log takes nothing at the moment.'));
    await expect(keepPolicy(handler(log))).rejects.toThrow('The log takes nothing at the moment.');
  });

  it('is read as it was recorded: of kinds of rules that it does not name it had none', () => {
    const { walls: _, ...without } = older;
    const { policyVersion, policyTable } = recorded(without as CaseRules);
    expect(rulesIn({ policyVersion, policyDigest: '', policyTable })).toEqual({ ...older, walls: [] });
  });

  it('is not read where newer software recorded it', () => {
    const newer = recorded({ ...CASE_RULES, version: CASE_RULES.version + 1 });
    expect(refusalFrom(() => rulesIn(newer)).code).toBe('NEWER_SOFTWARE_NEEDED');
  });
});
