import 'reflect-metadata';
import { SYSTEM } from '#event-sourcing/envelope.js';
import { ann } from '../../../test/builders/actors.js';
import { principal } from '../../../test/builders/principals.js';
import { refusalFrom } from '../../../test/builders/refusal.js';
import { AccessPolicy } from './access-policy.js';
import { type Principal, Role } from './principal.js';

const policy = new AccessPolicy();
const holder = (...roles: Role[]): Principal => principal(ann, { roles });
const command = (category: string, name: string) => ({ category, name, subjectId: 'x', state: {} });
const others = Object.values(Role).filter((role) => role !== 'ADMINISTRATOR');

describe('today’s access policy', () => {
  it.each([[[]], [others], [['ADMINISTRATOR' as const]]])('lets roles %j record in cases', (roles) => {
    expect(() => policy.authorise(holder(...roles), command('case', 'addNote'))).not.toThrow();
  });

  it.each(['issueKey', 'revokeKey'])('lets only an administrator use %s', (name) => {
    const refusal = refusalFrom(() => policy.authorise(holder(...others), command('access', name)));
    expect(refusal).toMatchObject({ code: 'FORBIDDEN' });
    expect(refusal.message).toContain(name);
    expect(() => policy.authorise(holder('AUDITOR', 'ADMINISTRATOR'), command('access', name))).not.toThrow();
  });

  it('lets Caseledger itself issue the first key', () => {
    expect(() => policy.authorise(SYSTEM, command('access', 'issueKey'))).not.toThrow();
  });

  it('shows events of keys to administrators alone', () => {
    expect(policy.filter(holder(...others)).hiddenStreamPrefixes).toEqual(['access-']);
    expect(policy.filter(holder('ADMINISTRATOR')).hiddenStreamPrefixes).toEqual([]);
  });
});
