import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { caseOpened, closedCase, openCase } from '../../../../test/builders/case-events.js';
import { caseRestricted, memberAdded } from '../../../../test/builders/access-events.js';
import { ann as actor } from '../../../../test/builders/actors.js';
import { by, fold, given, NOW } from '../../../../test/builders/decide.js';
import { principal } from '../../../../test/builders/principals.js';
import { grantee } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { addMember, MemberAdded } from './add-member.js';
import { changeMember, MemberChanged } from './change-member.js';
import { memberModel } from './member-read-model.js';
import { MemberRemoved, removeMember } from './remove-member.js';
import { restrictCase } from './restrict-case.js';
import { unrestrictCase } from './unrestrict-case.js';

const [rosa, ann] = [grantee('rosa'), grantee('ann')];
const all = ['READ', 'CONTRIBUTE', 'CLOSE', 'MANAGE_MEMBERS'] as const;

describe('addMember', () => {
  it('gives what is said, and reading with it', () => {
    given(caseAggregate, ...openCase)
      .when(addMember, commands.addMember({ rights: ['CLOSE', 'CONTRIBUTE'] }))
      .then(event(MemberAdded, { grantee: rosa, rights: ['READ', 'CONTRIBUTE', 'CLOSE'] }));
  });

  it('adds to a closed case too: somebody may have to read it', () => {
    given(caseAggregate, ...closedCase)
      .when(addMember, commands.addMember({ grantee: grantee('acme', 'ORGANISATION'), rights: ['READ'] }))
      .then(event(MemberAdded, { grantee: grantee('acme', 'ORGANISATION'), rights: ['READ'] }));
  });

  it('tells a person from a group of the same name', () => {
    given(caseAggregate, ...openCase, memberAdded('rosa'))
      .when(addMember, commands.addMember({ grantee: grantee('rosa', 'GROUP'), rights: ['READ'] }))
      .then(event(MemberAdded, { grantee: grantee('rosa', 'GROUP'), rights: ['READ'] }));
  });

  it('shares what was recorded before where it says so', () => {
    const acme = grantee('acme', 'ORGANISATION');
    given(caseAggregate, ...openCase)
      .when(addMember, commands.addMember({ grantee: acme, rights: ['READ'], withHistory: true }))
      .then(event(MemberAdded, { grantee: acme, rights: ['READ'], withHistory: true }));
  });

  it.each([['rosa'], ['ann']])('refuses %s, who is one already', (id) => {
    given(caseAggregate, ...openCase, memberAdded('rosa'))
      .when(addMember, commands.addMember({ grantee: grantee(id) }))
      .thenRefused('ALREADY_MEMBER');
  });
});

describe('a case that a program opens in the place of somebody', () => {
  const bot = { ...actor, id: 'bot', kind: 'SERVICE' as const, onBehalfOf: 'ann' };
  const opened = by(bot, caseOpened());

  it('has the program as its member, as reads and the list of members have it', () => {
    const { access } = fold(caseAggregate, [opened]);
    expect([...access.members.keys()]).toEqual(['PERSON/bot']);
    given(caseAggregate, opened)
      .when(changeMember, commands.changeMember({ grantee: ann, rights: [...all] }))
      .thenRefused('NOT_FOUND');
  });

  it('stays readable where whom it stood for was once changed without being a member', () => {
    const handle = memberModel.handlers.get('MemberChanged')!;
    const changed = { grantee: ann, rights: [...all] } as never;
    const rows = handle(changed, {} as never, () => undefined);
    expect(rows).toMatchObject([
      { op: 'create', id: 'PERSON/ann', fields: { grantee: ann, status: 'MEMBER', rights: [...all] } },
    ]);
  });
});

describe('changeMember', () => {
  it('replaces all that the member may do', () => {
    given(caseAggregate, ...openCase, memberAdded('rosa', 'CONTRIBUTE'))
      .when(changeMember, commands.changeMember({ rights: ['CLOSE'] }))
      .then(event(MemberChanged, { grantee: rosa, rights: ['READ', 'CLOSE'] }));
  });

  it('shares what was recorded before, or no longer, and leaves it as it was where it says nothing', () => {
    const rights = ['READ'] as const;
    const change = (withHistory?: boolean) => commands.changeMember({ rights: [...rights], withHistory });
    const changed = (withHistory: boolean) => event(MemberChanged, { grantee: rosa, rights: [...rights], withHistory });
    given(caseAggregate, ...openCase, memberAdded('rosa'))
      .when(changeMember, change(true))
      .then(changed(true));
    given(caseAggregate, ...openCase, memberAdded('rosa'), changed(true))
      .when(changeMember, change(false))
      .then(changed(false));
    for (const same of [change(true), change()]) {
      given(caseAggregate, ...openCase, memberAdded('rosa'), changed(true))
        .when(changeMember, same)
        .thenRefused('NOTHING_CHANGED');
    }
  });

  it('refuses what changes nothing, and one who is no member', () => {
    given(caseAggregate, ...openCase, memberAdded('rosa', 'CLOSE'))
      .when(changeMember, commands.changeMember({ rights: ['CLOSE', 'READ'] }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...openCase)
      .when(changeMember, commands.changeMember())
      .thenRefused('NOT_FOUND');
  });

  it('does not take the last one who can manage members the right to', () => {
    given(caseAggregate, ...openCase, memberAdded('rosa', 'CLOSE'))
      .when(changeMember, commands.changeMember({ grantee: ann, rights: ['CONTRIBUTE'] }))
      .thenRefused('LAST_MANAGER');
    given(caseAggregate, ...openCase, memberAdded('rosa', 'MANAGE_MEMBERS'))
      .when(changeMember, commands.changeMember({ grantee: ann, rights: ['CONTRIBUTE'] }))
      .then(event(MemberChanged, { grantee: ann, rights: ['READ', 'CONTRIBUTE'] }));
  });
});

describe('removeMember', () => {
  it('removes a member, who opened the case as well if another one manages it', () => {
    given(caseAggregate, ...openCase, memberAdded('rosa'))
      .when(removeMember, commands.removeMember())
      .then(event(MemberRemoved, { grantee: rosa }));
    given(caseAggregate, ...openCase, memberAdded('rosa', 'MANAGE_MEMBERS'))
      .when(removeMember, commands.removeMember({ grantee: ann, reason: 'On leave.' }))
      .then(event(MemberRemoved, { grantee: ann, reason: 'On leave.' }));
  });

  it('refuses one who is no member, no longer one, or the last who can manage members', () => {
    given(caseAggregate, ...openCase)
      .when(removeMember, commands.removeMember())
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...openCase, memberAdded('rosa'), event(MemberRemoved, { grantee: rosa }))
      .when(removeMember, commands.removeMember())
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...openCase, memberAdded('rosa', 'CLOSE'))
      .when(removeMember, commands.removeMember({ grantee: ann }))
      .thenRefused('LAST_MANAGER');
  });
});

it('nobody of an outside organisation shares the history of a case that is shown to it from its share on', () => {
  const acme = grantee('acme', 'ORGANISATION');
  const pia = principal(actor, { id: 'pia', roles: ['PARTNER'], organisation: 'acme' });
  const rights = ['READ', 'MANAGE_MEMBERS'] as const;
  const shared = (withHistory?: boolean) => event(MemberAdded, { grantee: acme, rights: [...rights], withHistory });
  const withHistory = true;
  const change = commands.changeMember({ grantee: acme, rights: [...rights], withHistory });
  for (const [slice, command] of [
    [addMember, commands.addMember({ withHistory })],
    [changeMember, change],
  ] as const) {
    given(caseAggregate, ...openCase, shared())
      .when(slice, command, { actor: pia })
      .thenRefused('FORBIDDEN');
  }
  given(caseAggregate, ...openCase, shared())
    .when(addMember, commands.addMember({ withHistory: false }), { actor: pia })
    .then(event(MemberAdded, { grantee: rosa, rights: ['READ', 'CONTRIBUTE'], withHistory: false }));
  given(caseAggregate, ...openCase, shared(true))
    .when(addMember, commands.addMember({ withHistory }), { actor: pia })
    .then(event(MemberAdded, { grantee: rosa, rights: ['READ', 'CONTRIBUTE'], withHistory }));
  given(caseAggregate, ...openCase, shared(false))
    .when(changeMember, change)
    .then(event(MemberChanged, { grantee: acme, rights: [...rights], withHistory }));
});

it('each command on access needs the right to manage members', () => {
  for (const { right } of [addMember, changeMember, removeMember, restrictCase, unrestrictCase])
    expect(right).toBe('MANAGE_MEMBERS');
});

it('the state tells who may do what', () => {
  const { access } = fold(caseAggregate, [
    ...openCase,
    memberAdded('rosa', 'CLOSE'),
    event(MemberChanged, { grantee: rosa, rights: ['READ'] }),
    caseRestricted(),
    event(MemberAdded, { grantee: grantee('acme', 'ORGANISATION'), rights: ['READ'], withHistory: true }),
  ]);
  expect(access).toMatchObject({
    restricted: true,
    // What events from before shares had a beginning leave unsaid is that it was from there on.
    shares: new Map([
      ['PERSON/ann', { since: 0, at: NOW, withHistory: false }],
      ['PERSON/rosa', { since: 4, at: NOW, withHistory: false }],
      ['ORGANISATION/acme', { since: 7, at: NOW, withHistory: true }],
    ]),
    members: new Map([
      ['PERSON/ann', new Set(all)],
      ['PERSON/rosa', new Set(['READ'])],
      ['ORGANISATION/acme', new Set(['READ'])],
    ]),
  });
});
