import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { fold, given } from '../../../../test/builders/decide.js';
import { GroupMapped, GroupsClaimed, GroupUnmapped } from './group-events.js';
import { groupsAggregate, knownSince, rightsOf } from './groups.js';
import { MapGroup, mapGroup } from './map-group.js';
import { RecordClaims, recordClaims } from './record-claims.js';
import { UnmapGroup, unmapGroup } from './unmap-group.js';

const map = (over: Partial<MapGroup> = {}): MapGroup =>
  Object.assign(new MapGroup(), { commandId: 'c1', group: 'staff', groupRoles: ['INVESTIGATOR', 'REVIEWER'] }, over);
const unmap = Object.assign(new UnmapGroup(), { commandId: 'c1', group: 'staff' });
const mapped = event(GroupMapped, { group: 'staff', groupRoles: ['INVESTIGATOR', 'REVIEWER'] });

describe('mapGroup', () => {
  it('records what the group gives, in place of what it gave', () => {
    given(groupsAggregate).when(mapGroup, map()).then(mapped);
    const other = { groupRoles: ['AUDITOR' as const], organisation: 'Example Partner' };
    const events = [mapped, event(GroupMapped, { group: 'staff', ...other })];
    given(groupsAggregate, mapped).when(mapGroup, map(other)).then(events[1]);
    expect(fold(groupsAggregate, events).mappings.get('staff')).toEqual({
      roles: ['AUDITOR'],
      organisation: 'Example Partner',
      since: 1,
    });
  });

  it('refuses what would change nothing, the roles in whatever order', () => {
    given(groupsAggregate, mapped)
      .when(mapGroup, map({ groupRoles: ['REVIEWER', 'INVESTIGATOR'] }))
      .thenRefused('ALREADY_MAPPED');
    given(groupsAggregate, mapped)
      .when(mapGroup, map({ groupRoles: ['REVIEWER', 'AUDITOR'] }))
      .then(event(GroupMapped, { group: 'staff', groupRoles: ['REVIEWER', 'AUDITOR'] }));
  });

  it.each([
    ['no role', { groupRoles: [] }, []],
    ['an organisation', { organisation: 'Example Partner' }, []],
    ['no group', { group: '' }, ['group']],
    ['an unknown role', { groupRoles: ['KING'] }, ['groupRoles']],
    ['a role twice', { groupRoles: ['AUDITOR', 'AUDITOR'] }, ['groupRoles']],
    ['a group that looks like another one', { group: 'staff ' }, ['group']],
    ['an organisation that looks like another one', { organisation: 'Example\u200b Partner' }, ['organisation']],
    ['an organisation without a name', { organisation: '' }, ['organisation']],
  ])('takes as input %s', (_, over, wrong) => {
    expect(validateSync(map(over as never)).map(({ property }) => property)).toEqual(wrong);
  });
});

describe('unmapGroup', () => {
  it('records that the group gives nothing, once', () => {
    const gone = event(GroupUnmapped, { group: 'staff' });
    given(groupsAggregate, mapped).when(unmapGroup, unmap).then(gone);
    given(groupsAggregate, mapped, gone).when(unmapGroup, unmap).thenRefused('NOT_FOUND');
    given(groupsAggregate, mapped, gone).when(mapGroup, map()).then(mapped);
  });
});

describe('what tokens claim', () => {
  const claim = Object.assign(new RecordClaims(), { commandId: 'c1', principal: 'p', label: 'P', groups: ['a', 'b'] });
  const claimed = (...claimedGroups: string[]) => event(GroupsClaimed, { principal: 'p', label: 'P', claimedGroups });

  it('is recorded when first seen and when changed', () => {
    given(groupsAggregate).when(recordClaims, claim).then(claimed('a', 'b'));
    given(groupsAggregate, claimed('a')).when(recordClaims, claim).then(claimed('a', 'b'));
    given(groupsAggregate, claimed('a', 'b')).when(recordClaims, claim).thenRefused('ALREADY_RECORDED');
  });
});

describe('what groups give', () => {
  const { mappings } = fold(groupsAggregate, [
    event(GroupMapped, { group: 'staff', groupRoles: ['INVESTIGATOR', 'REVIEWER'] }),
    event(GroupMapped, { group: 'counsel', groupRoles: ['COUNSEL', 'REVIEWER'] }),
    event(GroupMapped, { group: 'partners', groupRoles: [], organisation: 'Zeta' }),
    event(GroupMapped, { group: 'others', groupRoles: [], organisation: 'Alpha' }),
  ]);

  it('adds up, and groups that are mapped to nothing give nothing', () => {
    expect(rightsOf(mappings, ['staff', 'unknown', 'counsel'])).toEqual({
      roles: ['INVESTIGATOR', 'REVIEWER', 'COUNSEL'],
      organisation: null,
    });
    expect(rightsOf(mappings, [])).toEqual({ roles: [], organisation: null });
  });

  it('makes whoever is in a partner’s group one of its people', () => {
    expect(rightsOf(mappings, ['staff', 'partners'])).toMatchObject({ organisation: 'Zeta' });
    expect(rightsOf(mappings, ['partners', 'others'])).toMatchObject({ organisation: 'Alpha' });
  });
});

describe('since when somebody is in a group, and has what it gives', () => {
  const claimed = (...claimedGroups: string[]) => event(GroupsClaimed, { principal: 'p', label: 'P', claimedGroups });
  const partner = event(GroupMapped, { group: 'acme', groupRoles: ['PARTNER'], organisation: 'Acme' });
  /** Each revision stands ten places apart. */
  const since = (events: DecidedEvent[], ...groups: string[]) =>
    knownSince(fold(groupsAggregate, events), 'p', groups, (revision) => 100 + 10 * revision);

  it('is when it is first said and mapped, whichever comes last', () => {
    expect(since([claimed('staff'), mapped], 'staff')).toEqual({
      ...{ 'GROUP/staff': 100, 'ROLE/INVESTIGATOR': 110, 'ROLE/REVIEWER': 110 },
    });
    expect(since([partner, claimed('acme'), claimed('acme', 'staff')], 'acme', 'staff')).toEqual({
      ...{ 'GROUP/acme': 110, 'GROUP/staff': 120, 'ROLE/PARTNER': 110, 'ORGANISATION/Acme': 110 },
    });
  });

  it('begins anew when it was said no longer in between', () => {
    expect(since([claimed('staff'), claimed(), claimed('staff')], 'staff')).toEqual({ 'GROUP/staff': 120 });
  });

  it('is not known of what nobody said, nor where the log does not tell places', () => {
    expect(since([mapped], 'staff')).toEqual({});
    expect(knownSince(fold(groupsAggregate, [claimed('staff')]), 'p', ['staff'], () => null)).toEqual({});
  });
});
