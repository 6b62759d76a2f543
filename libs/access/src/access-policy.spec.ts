import 'reflect-metadata';
import { type AuthoriseRequest } from '#event-sourcing/command-attempt.js';
import { SYSTEM } from '#event-sourcing/envelope.js';
import { Refusal } from '#event-sourcing/refusal.js';
import { ann } from '../../../test/builders/actors.js';
import { principal } from '../../../test/builders/principals.js';
import { refusalFrom } from '../../../test/builders/refusal.js';
import { AccessPolicy } from './access-policy.js';
import { type CaseAccess, type CaseRight, granteeName } from './cases/case-access.js';
import { CASE_RULES } from './cases/case-rules.js';
import { type Principal, Role } from './principal.js';

const policy = new AccessPolicy();
const holder = (...roles: Role[]): Principal => principal(ann, { roles });
const roles = Object.values(Role);
const others = roles.filter((role) => role !== 'ADMINISTRATOR');

const access = (restricted: boolean, rights: readonly CaseRight[] = [], walls: CaseAccess['walls'] = new Map()) => ({
  ...{ restricted, walls },
  members: new Map(rights.length > 0 ? [[granteeName('PERSON', 'ann'), new Set(rights)]] : []),
  shares: new Map(),
  marks: new Map(),
});
const unopened = access(true);

function request(over: Partial<AuthoriseRequest> & { access?: CaseAccess }): AuthoriseRequest {
  const { access: state = unopened, ...rest } = over;
  return {
    ...{ category: 'case', name: 'addNote', subjectId: 'x', command: { commandId: 'c' }, exists: true, slice: {} },
    missing: () => {
      throw new Refusal('NOT_FOUND', 'There is no case x.');
    },
    state: { access: state },
    withTheirs: (records) => records,
    ...rest,
  };
}
const answer = (who: Principal, over: Parameters<typeof request>[0]): string => {
  try {
    policy.authorise(who, request(over));
    return 'let in';
  } catch (error) {
    return (error as Refusal).code;
  }
};

describe('commands on a case', () => {
  it.each(roles)('outside the need to know %s is refused as if there were no case', (role) => {
    const missing = answer(holder(role), { access: access(true) });
    expect(missing).toBe('NOT_FOUND');
  });

  it('lets what was never opened be refused in its turn', () => {
    expect(answer(holder('AUDITOR'), { exists: false })).toBe('let in');
  });

  it.each(roles)('%s records in a case that is not restricted only if the role sees it', (role) => {
    const sees = ['INVESTIGATOR', 'COUNSEL', 'REVIEWER'].includes(role);
    expect(answer(holder(role), { access: access(false) })).toBe(sees ? 'let in' : 'NOT_FOUND');
  });

  it.each(roles)('%s records as a member only if the role may write', (role) => {
    const writes = CASE_RULES.writes.includes(role);
    const member = access(true, ['READ', 'CONTRIBUTE']);
    expect(answer(holder(role), { access: member })).toBe(writes ? 'let in' : 'FORBIDDEN');
  });

  it.each<[CaseRight, readonly CaseRight[], string]>([
    ['CONTRIBUTE', ['READ'], 'FORBIDDEN'],
    ['CLOSE', ['READ', 'CONTRIBUTE'], 'FORBIDDEN'],
    ['CLOSE', ['READ', 'CLOSE'], 'let in'],
    ['MANAGE_MEMBERS', ['READ', 'CONTRIBUTE', 'CLOSE'], 'FORBIDDEN'],
    ['MANAGE_MEMBERS', ['READ', 'MANAGE_MEMBERS'], 'let in'],
    ['READ', ['READ'], 'let in'],
  ])('need %s: a member with %j is answered %s', (right, rights, expected) => {
    expect(answer(holder('INVESTIGATOR'), { slice: { right }, access: access(true, rights) })).toBe(expected);
  });

  it('names the right that is lacking', () => {
    const lacking = request({ slice: { right: 'CLOSE' }, access: access(true, ['READ']), name: 'closeCase' });
    expect(refusalFrom(() => policy.authorise(holder('INVESTIGATOR'), lacking)).message).toMatch(/closeCase .* CLOSE/);
  });

  it('can need a role beside the right', () => {
    const member = access(true, ['READ', 'CONTRIBUTE']);
    expect(answer(holder('INVESTIGATOR'), { slice: { role: 'COUNSEL' }, access: member })).toBe('FORBIDDEN');
    expect(answer(holder('COUNSEL'), { slice: { role: 'COUNSEL' }, access: member })).toBe('let in');
  });

  it.each(roles)('%s opens a case only if the role does that', (role) => {
    const opens = CASE_RULES.opens.includes(role);
    expect(answer(holder(role), { slice: { creates: true }, exists: false })).toBe(opens ? 'let in' : 'FORBIDDEN');
    expect(answer(holder(role), { slice: { creates: true } })).toBe(opens ? 'NOT_FOUND' : 'FORBIDDEN');
  });

  describe('are decided on', () => {
    const wall = { kind: 'LIMIT' as const, names: new Set(['PERSON/bob']) };
    const walls = new Map([['r1', new Map([['LIMIT', wall]])]]);
    const hiddenFor = (principal: Principal, more = {}) =>
      policy.authorise(principal, { ...request({ access: access(false, [], walls) }), ...more });

    it('without the records that do not exist for the actor, whether the command names them or not', () => {
      expect(hiddenFor(holder('INVESTIGATOR'))).toEqual(new Set(['r1']));
      // What belongs to them goes with them.
      const withTheirs = (records: ReadonlySet<string>) => new Set([...records, 'l1']);
      expect(hiddenFor(holder('INVESTIGATOR'), { withTheirs })).toEqual(new Set(['r1', 'l1']));
    });

    it('with all records, for somebody from whom none is hidden', () => {
      expect(hiddenFor({ ...holder('INVESTIGATOR'), id: 'bob' })).toBeUndefined();
    });
  });
});

describe('keys', () => {
  const ofKeys = (name: string) => ({ category: 'access', name });

  it.each(['issueKey', 'revokeKey'])('%s is an administrator’s', (name) => {
    const refusal = refusalFrom(() => policy.authorise(holder(...others), request(ofKeys(name))));
    expect(refusal).toMatchObject({ code: 'FORBIDDEN' });
    expect(refusal.message).toContain(name);
    expect(answer(holder('AUDITOR', 'ADMINISTRATOR'), ofKeys(name))).toBe('let in');
  });

  it('are issued first by Caseledger itself', () => {
    expect(() => policy.authorise(SYSTEM, request(ofKeys('issueKey')))).not.toThrow();
  });
});

describe('terms', () => {
  const recording = { category: 'terms', name: 'recordTerms', exists: false, slice: { creates: true } };

  it('are recorded by investigators and counsel of one’s own', () => {
    for (const role of ['INVESTIGATOR', 'COUNSEL'] as const) expect(answer(holder(role), recording)).toBe('let in');
    for (const who of [holder('REVIEWER'), holder('ADMINISTRATOR'), holder('PARTNER'), holder()]) {
      expect(answer(who, recording)).toBe('FORBIDDEN');
    }
    expect(answer({ ...holder('COUNSEL'), organisation: 'acme' }, recording)).toBe('FORBIDDEN');
  });

  it('do not exist in what people of outside organisations decide', () => {
    expect(policy.sees(holder('REVIEWER'), 'terms')).toBe(true);
    expect(policy.sees(SYSTEM, 'terms')).toBe(true);
    expect(policy.sees(holder('PARTNER'), 'terms')).toBe(false);
    expect(policy.sees(holder('PARTNER'), 'case')).toBe(true);
  });
});

describe('what reads pass', () => {
  it('hides the events of keys from all but administrators, reservations, claims and who read what from everybody', () => {
    const claims = ['numbering-', 'reference-', 'merging-'];
    // One of them is a partner's.
    expect(policy.filter(holder(...others)).hiddenStreamPrefixes).toEqual([...claims, 'access-', 'terms-']);
    expect(policy.filter(holder('ADMINISTRATOR')).hiddenStreamPrefixes).toEqual([...claims, 'access-reads-']);
  });

  it('hides terms from all but one’s own people', () => {
    const hides = (who: Principal) => policy.filter(who).hiddenStreamPrefixes.includes('terms-');
    expect(hides(holder('AUDITOR'))).toBe(false);
    expect(hides(holder('ADMINISTRATOR'))).toBe(false);
    expect(hides(holder('PARTNER'))).toBe(true);
    expect(hides(holder('INVESTIGATOR', 'PARTNER'))).toBe(true);
    expect(hides({ ...holder('INVESTIGATOR'), organisation: 'acme' })).toBe(true);
    expect(hides(holder())).toBe(true);
  });

  it('tells a role of cases from when the principal is known to have had it', () => {
    const since = { 'ROLE/COUNSEL': 12, 'ROLE/REVIEWER': 7, 'GROUP/legal': 5 };
    const told = (who: Principal) => policy.filter(who).told!;
    expect(told(holder('COUNSEL')).anybody).toBeNull();
    expect(told({ ...holder('COUNSEL'), since }).anybody).toBe(12);
    expect(told({ ...holder('COUNSEL', 'REVIEWER'), since }).anybody).toBe(7);
    expect(told({ ...holder('AUDITOR'), since }).anybody).toBeNull();
    expect(told({ ...holder('AUDITOR'), groups: ['legal', 'other'], since }).holders).toEqual([
      { name: 'PERSON/ann', since: 0 },
      { name: 'GROUP/legal', since: 5 },
    ]);
  });
});

describe('who read what, where no case is named', () => {
  const asks = (over: Partial<Principal>): string => {
    try {
      policy.requireAuditor(principal(ann, over), 'accessReads', null, null);
      return 'let in';
    } catch (error) {
      return (error as Refusal).code;
    }
  };

  it("is for one's own auditors: for nobody else, nor for those of outside, whose organisation may not be known", () => {
    expect(asks({ roles: ['AUDITOR'] })).toBe('let in');
    for (const role of others.filter((one) => one !== 'AUDITOR')) expect(asks({ roles: [role] })).toBe('FORBIDDEN');
    expect(asks({ roles: ['ADMINISTRATOR'] })).toBe('FORBIDDEN');
    expect(asks({ roles: ['AUDITOR'], organisation: 'acme' })).toBe('FORBIDDEN');
    expect(asks({ roles: ['AUDITOR', 'PARTNER'] })).toBe('FORBIDDEN');
  });
});
