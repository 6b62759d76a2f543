import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { event } from '#event-sourcing/event.js';
import { decideOn, derivedId, fold, given } from '../../../../test/builders/decide.js';
import { annsKey, annsSecondKey, botsKey, keyIssued, keyRevoked } from '../../../../test/builders/keys.js';
import { IssueKey, issueKey, keyIdOf } from './issue-key.js';
import { KeyIssued } from './key-events.js';
import { KEYS_STREAM, keysAggregate } from './keys.js';

const command = (over: Partial<IssueKey> = {}): IssueKey =>
  Object.assign(new IssueKey(), { commandId: 'c1', principal: 'ann', label: 'Ann', actorKind: 'PERSON' }, over);
const secretHash = 'd'.repeat(64);
const made = { given: { secretHash } };
const keyId = keyIdOf(derivedId(KEYS_STREAM, 'c1'));

describe('issueKey', () => {
  it('records whose key it is, and the hash of its secret, never the secret', () => {
    given(keysAggregate)
      .when(issueKey, command({ principalRoles: ['REVIEWER', 'AUDITOR'] }), made)
      .then(
        event(KeyIssued, {
          keyId,
          principal: 'ann',
          label: 'Ann',
          actorKind: 'PERSON',
          principalRoles: ['REVIEWER', 'AUDITOR'],
          keyScopes: ['CASES', 'AUDIT'],
          secretHash,
        }),
      );
  });

  it.each(['principal', 'organisation', 'onBehalfOf'] as const)('takes no %s that looks like another one', (field) => {
    const faults = (name: string) =>
      validateSync(command({ [field]: name })).map(({ property, constraints }) => ({ property, constraints }));
    for (const name of ['ines', 'Inés Ruiz', 'https://id.example.org#a|b', 'x']) expect(faults(name)).toEqual([]);
    const apart = ['ine\u0301s', 'ines  ruiz', 'ines\u00a0ruiz', 'ines\u3164', 'ines\ufe0f', '\u2800'];
    for (const name of [
      ...['ines ', ' ines', ' ', 'in\nes', 'ines\u0000', 'in\u200bes', '\u202eseni', 'ines\u00a0'],
      ...apart,
    ]) {
      const message =
        'it must be written as it looks: no blank at its ends, nor two in a row, no characters that are not shown, accents in one with their letters (Unicode NFC)';
      expect(faults(name)).toEqual([{ property: field, constraints: { isSeen: message } }]);
    }
  });

  it('takes no label of which nothing is shown', () => {
    expect(validateSync(command({ label: ' \u200b' })).map(({ property }) => property)).toEqual(['label']);
    expect(validateSync(command({ label: 'Ann ' }))).toEqual([]);
  });

  it('gives a person any number of keys, revoked ones too', () => {
    given(keysAggregate, keyIssued(annsKey), keyRevoked(annsKey))
      .when(issueKey, command({ label: 'Ann on the road' }), made)
      .then(
        event(KeyIssued, {
          keyId,
          principal: 'ann',
          label: 'Ann on the road',
          actorKind: 'PERSON',
          principalRoles: [],
          keyScopes: ['CASES', 'AUDIT'],
          secretHash,
        }),
      );
  });

  it('records what the key is limited to, whose people its principal is one of, and whom it stands in for', () => {
    const limits = { expiresAt: '2025-01-25T09:30:00+01:00', organisation: 'Example Partner', onBehalfOf: 'bea' };
    given(keysAggregate)
      .when(issueKey, command({ scopes: ['OPERATIONS'], ...limits }), { ...made, now: '2025-01-24T09:30:00.000Z' })
      .then(
        event(KeyIssued, {
          ...{ keyId, principal: 'ann', label: 'Ann', actorKind: 'PERSON', principalRoles: [], secretHash },
          ...{ keyScopes: ['OPERATIONS'], keyExpiresAt: limits.expiresAt },
          ...{ organisation: 'Example Partner', onBehalfOf: 'bea' },
        }),
      );
  });

  it('gives an administrator the running of the service too, unless told otherwise', () => {
    const [issued] = decideOn(
      keysAggregate,
      keysAggregate.initial(),
      issueKey,
      command({ principalRoles: ['ADMINISTRATOR'] }),
      made,
    );
    expect(issued.payload).toMatchObject({ keyScopes: ['OPERATIONS', 'CASES', 'AUDIT'] });
  });

  it('gives a program two live keys at a time, so that one can replace the other', () => {
    const bots = { principal: 'bot', actorKind: 'SERVICE' } as const;
    const next = command({ principal: 'bot', actorKind: 'SERVICE' });
    const circumstances = { ...made, now: '2025-01-24T09:30:00.000Z' };
    const second = keyIssued(annsKey, bots);
    const expired = keyIssued(annsSecondKey, { ...bots, keyExpiresAt: '2025-01-24T09:30:00Z' });
    const issues = (...events: ReturnType<typeof keyIssued>[]) =>
      decideOn(keysAggregate, fold(keysAggregate, events), issueKey, next, circumstances);
    expect(issues(keyIssued(botsKey, bots), expired, keyIssued(annsKey))).toHaveLength(1);
    expect(issues(keyIssued(botsKey, bots), second, keyRevoked(annsKey))).toHaveLength(1);
    const { message } = given(keysAggregate, keyIssued(botsKey, bots), second)
      .when(issueKey, next, circumstances)
      .thenRefused('TOO_MANY_KEYS');
    expect(message).toContain(botsKey.id);
    expect(message).not.toContain(botsKey.secret);
  });

  it('refuses a key that has expired already', () => {
    given(keysAggregate)
      .when(issueKey, command({ expiresAt: '2025-01-24T09:30:00Z' }), { ...made, now: '2025-01-24T09:30:00.000Z' })
      .thenRefused('EXPIRED_ALREADY');
  });

  it('derives the id of the key from the command: 16 hex characters, the same for a retry', () => {
    expect(keyId).toMatch(/^[0-9a-f]{16}$/);
    expect(keyId).not.toBe(keyIdOf(derivedId(KEYS_STREAM, 'c2')));
  });

  it.each([
    ['all of it', {}, []],
    ['as many characters as it takes', { principal: 'x'.repeat(500), label: 'x'.repeat(200) }, []],
    [
      'every role',
      { principalRoles: ['INVESTIGATOR', 'COUNSEL', 'REVIEWER', 'AUDITOR', 'ADMINISTRATOR', 'INTEGRATION'] },
      [],
    ],
    [
      'every limit',
      { scopes: ['CASES'], expiresAt: '2026-02-28T09:30:00.5+01:00', organisation: 'x', onBehalfOf: 'y' },
      [],
    ],
    ['no limits', { scopes: null, expiresAt: null, organisation: null, onBehalfOf: null }, []],
    ['scopes for nothing', { scopes: [] }, ['scopes']],
    ['an unknown scope', { scopes: ['ALL'] }, ['scopes']],
    ['a day that does not exist', { expiresAt: '2026-02-30T09:30:00Z' }, ['expiresAt']],
    ['a moment without its offset', { expiresAt: '2026-02-28T09:30:00' }, ['expiresAt']],
    ['an organisation without a name', { organisation: '' }, ['organisation']],
    ['no principal', { principal: '' }, ['principal']],
    ['a long principal', { principal: 'x'.repeat(501) }, ['principal']],
    ['no label', { label: '' }, ['label']],
    ['an actor kind that is not for keys', { actorKind: 'SYSTEM' }, ['actorKind']],
    ['an unknown role', { principalRoles: ['KING'] }, ['principalRoles']],
    ['a role twice', { principalRoles: ['AUDITOR', 'AUDITOR'] }, ['principalRoles']],
  ])('takes as input %s', (_, over, wrong) => {
    expect(validateSync(command(over as never)).map(({ property }) => property)).toEqual(wrong);
  });
});
