import { randomUUID } from 'node:crypto';
import { type FullCase, type RecordField } from './full-case.js';
import { type Service } from './service.js';
import { CREATES, OF_MARKS } from './wrong-commands.js';

/** What a key is issued for. */
export const aGuest = () => ({
  principal: 'guest',
  label: 'Guest',
  actorKind: 'PERSON',
  principalRoles: ['AUDITOR'],
});

/** A right input of each command, with a value for every field but the id of what it creates. */
export async function rightInputs(
  service: Service,
  investigator: string,
  full: FullCase,
): Promise<Record<string, Record<string, any>>> {
  const right: Record<string, Record<string, any>> = {};
  const fresh = await freshRecords(service, investigator, full);
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
  return { ...right, ...(await ofAdministrators(service)) };
}

/** Those of what administrators do, over a key and a group that there are. */
async function ofAdministrators(service: Service): Promise<Record<string, Record<string, any>>> {
  const ids = () => ({ commandId: randomUUID(), correlationId: 'k' });
  const { data } = await service.command('issueKey', aGuest(), service.adminKey, 'key { id }');
  const whole = {
    scopes: ['CASES'],
    expiresAt: '2099-01-01T00:00:00Z',
    organisation: 'Brightwater',
    onBehalfOf: 'ines',
  };
  const mapping = { group: 'reviewers', groupRoles: ['REVIEWER'], organisation: 'Brightwater' };
  expect((await service.command('mapGroup', mapping, service.adminKey)).errors).toBeUndefined();
  const entries = [{ mitreId: 'T1078', label: 'Valid Accounts' }];
  return {
    issueKey: { ...aGuest(), ...whole, ...ids() },
    mapGroup: { ...mapping, group: 'auditors', ...ids() },
    loadTechniques: { framework: 'ATTACK', frameworkVersion: '17.1', entries, ...ids() },
    unmapGroup: { group: 'reviewers', ...ids() },
    revokeKey: { keyId: data.issueKey.key.id, reason: 'Left.', ...ids() },
  };
}

/** Records that every command can still be carried out on. */
async function freshRecords(
  service: Service,
  investigator: string,
  { caseId, inputs }: FullCase,
): Promise<Partial<Record<RecordField, string>>> {
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
