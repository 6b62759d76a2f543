import { randomUUID } from 'node:crypto';
import { canonicalJson } from '#event-sourcing/canonical.js';
import { type CommandHandler } from '#event-sourcing/command-handler.js';
import { SYSTEM } from '#event-sourcing/envelope.js';
import { sha256 } from '#event-sourcing/hash.js';
import { Refusal, refuse } from '#event-sourcing/refusal.js';
import { CASE_RULES, type CaseRules } from '../cases/case-rules.js';
import { ALREADY_RECORDED } from '../groups/record-claims.js';
import { type AccessPolicyRecorded, policyAggregate, RecordPolicy, recordPolicy } from './policy-recorded.js';

/** A table as it is recorded. */
export function recordedForm(rules: CaseRules): Pick<RecordPolicy, 'version' | 'digest' | 'table'> {
  const table = canonicalJson(rules);
  return { version: rules.version, digest: sha256(table), table };
}

/**
 * Resolves when the policy that this software has is the one recorded last: at a start, before anything is opened by it. Who
 * else starts with the same table at the same time does no harm. Rejects with the log's error, and with a Refusal.
 */
export async function keepPolicy(
  commands: Pick<CommandHandler, 'execute'>,
  rules: CaseRules = CASE_RULES,
): Promise<void> {
  const command = Object.assign(new RecordPolicy(), { commandId: randomUUID(), ...recordedForm(rules) });
  try {
    await commands.execute(policyAggregate, recordPolicy, command, SYSTEM);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === ALREADY_RECORDED)) throw error;
  }
}

/**
 * The rules that a recorded table holds. Of kinds that it does not name it had none, and what no rule gives, nobody has.
 * Refuses with NEWER_SOFTWARE_NEEDED a table that was made for software which may read it otherwise.
 */
export function rulesIn({ policyVersion, policyTable }: AccessPolicyRecorded): CaseRules {
  if (policyVersion > CASE_RULES.version) {
    refuse(
      'NEWER_SOFTWARE_NEEDED',
      `The access policy that held then has version ${policyVersion}, and this software knows them up to ${CASE_RULES.version}; run a newer one.`,
    );
  }
  return { ...NO_RULES, ...(JSON.parse(policyTable) as CaseRules) };
}

const NO_RULES = Object.fromEntries(
  Object.entries(CASE_RULES).map(([kind, value]) => [kind, Array.isArray(value) ? [] : value]),
);
