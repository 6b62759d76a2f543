import 'reflect-metadata';
import { event } from '#event-sourcing/event.js';
import { bob } from '../../../../test/builders/actors.js';
import { principal } from '../../../../test/builders/principals.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { noteAdded, openCase } from '../../../../test/builders/case-events.js';
import { memberAdded, privilegeAsserted } from '../../../../test/builders/access-events.js';
import { derivedId, fold, given } from '../../../../test/builders/decide.js';
import { CASE, note, partner, privilege, unknown } from '../../../../test/builders/ids.js';
import { grantee } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { assertPrivilege, PrivilegeAsserted } from './assert-privilege.js';
import { PrivilegeWaived, waivePrivilege } from './waive-privilege.js';

const noted = [...openCase, noteAdded()];
const waived = event(PrivilegeWaived, { privilegeId: privilege, recordId: note, reason: 'Agreed.' });

describe('assertPrivilege', () => {
  it('keeps kind, basis and holder, under an id of its own', () => {
    const { privilegeKind, basis, holder } = commands.assertPrivilege();
    const privilegeId = derivedId(`case-${CASE}`, 'c1');
    given(caseAggregate, ...noted)
      .when(assertPrivilege, commands.assertPrivilege())
      .then(event(PrivilegeAsserted, { privilegeId, recordId: note, privilegeKind, basis, holder, named: [] }));
  });

  it('can be asserted more than once on a record: each stands for itself', () => {
    const second = privilegeAsserted({ privilegeId: unknown, privilegeKind: 'WORK_PRODUCT' });
    const both = fold(caseAggregate, [...noted, privilegeAsserted(), second]);
    expect(both.access.walls.get(note)!.size).toBe(2);
    const one = fold(caseAggregate, [...noted, privilegeAsserted(), second, waived]);
    expect([...one.access.walls.get(note)!.keys()]).toEqual([unknown]);
    expect(one.access.walls.has(privilege)).toBe(false);
  });

  it('needs the role of counsel, and to see the record still', () => {
    expect(assertPrivilege.role).toBe('COUNSEL');
    const hers = commands.assertPrivilege({ holder: grantee('client', 'ORGANISATION') });
    given(caseAggregate, ...noted)
      .when(assertPrivilege, hers, { actor: bob })
      .thenRefused('LOCKED_OUT');
    const decided = (actor = bob, over = {}, ...before: ReturnType<typeof memberAdded>[]) =>
      given(caseAggregate, ...noted, ...before).when(
        assertPrivilege,
        commands.assertPrivilege({ holder: grantee('client', 'ORGANISATION'), privilegeId: privilege, ...over }),
        { actor },
      );
    const expected = privilegeAsserted({ basis: hers.basis, holder: grantee('client', 'ORGANISATION') });
    decided(bob, {}, memberAdded('bob')).then(expected);
    decided(principal(bob, { organisation: 'client' })).then(expected);
    decided(bob, { named: [grantee('bob')] }).then(
      privilegeAsserted({ basis: hers.basis, holder: grantee('client', 'ORGANISATION'), named: [grantee('bob')] }),
    );
  });

  it('refuses what is no record of the case, and an id that is taken', () => {
    given(caseAggregate, ...noted)
      .when(assertPrivilege, commands.assertPrivilege({ recordId: unknown }))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...noted)
      .when(assertPrivilege, commands.assertPrivilege({ privilegeId: partner }))
      .thenRefused('ALREADY_EXISTS');
  });
});

describe('waivePrivilege', () => {
  it('is the holder’s: as a person, or for the organisation that holds it', () => {
    given(caseAggregate, ...noted, privilegeAsserted())
      .when(waivePrivilege, commands.waivePrivilege({ reason: 'Agreed.' }))
      .then(waived);
    given(caseAggregate, ...noted, privilegeAsserted({ holder: grantee('acme', 'ORGANISATION') }))
      .when(waivePrivilege, commands.waivePrivilege({ reason: 'Agreed.' }), {
        actor: principal(bob, { organisation: 'acme' }),
      })
      .then(waived);
  });

  it('is nobody else’s, counsel’s neither', () => {
    given(caseAggregate, ...noted, privilegeAsserted({ named: [grantee('bob')] }))
      .when(waivePrivilege, commands.waivePrivilege(), { actor: principal(bob, { roles: ['COUNSEL'] }) })
      .thenRefused('NOT_HOLDER');
  });

  it('happens once, to a privilege that there is', () => {
    given(caseAggregate, ...noted, privilegeAsserted(), waived)
      .when(waivePrivilege, commands.waivePrivilege())
      .thenRefused('ALREADY_WAIVED');
    given(caseAggregate, ...noted)
      .when(waivePrivilege, commands.waivePrivilege())
      .thenRefused('NOT_FOUND');
  });
});
