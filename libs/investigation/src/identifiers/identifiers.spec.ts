import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { event } from '#event-sourcing/event.js';
import { commands } from '../../../../test/builders/case-commands.js';
import {
  caseClosed,
  closedCase,
  identifierRecorded,
  openCase,
  recordRetracted,
} from '../../../../test/builders/case-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, identifier, partner, unknown } from '../../../../test/builders/ids.js';
import { source } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { correctIdentifier, IdentifierCorrected } from './correct-identifier.js';
import { deconflictionId } from './deconfliction.js';
import { concealed } from './identifier-fields.js';
import { fingerprintOf } from './identifier-read-model.js';
import { recordIdentifier } from './record-identifier.js';

const build = commands.recordIdentifier;
const hash = (text: string) => `hash of ${text.length}`;

describe('recordIdentifier', () => {
  const identifierId = derivedId(`case-${CASE}`, 'c1');

  it('keeps an identifier as it is compared', () => {
    given(caseAggregate, ...openCase)
      .when(recordIdentifier, build({ identifierKind: 'DOMAIN', identifierValue: 'EVIL[.]example' }))
      .then(identifierRecorded({ identifierId, identifierKind: 'DOMAIN', identifierValue: 'evil.example' }));
  });

  it('keeps who issued it, and when it was first and last seen, as stated', () => {
    const more = { identifierIssuer: 'Halden', firstSeenAt: '2024-09', lastSeenAt: '2025-01' };
    given(caseAggregate, ...openCase)
      .when(recordIdentifier, build.full())
      .then(identifierRecorded({ identifierId: identifier, ...more }));
  });

  it('refuses one that was last seen before it was first seen, by the widest reading', () => {
    const seen = { firstSeenAt: '2025-03', lastSeenAt: '2025-02-28' };
    const recorded = given(caseAggregate, ...openCase, identifierRecorded());
    recorded.when(recordIdentifier, build(seen)).thenRefused('ENDS_BEFORE_IT_BEGINS');
    recorded.when(correctIdentifier, commands.correctIdentifier(seen)).thenRefused('ENDS_BEFORE_IT_BEGINS');
  });

  it.each([
    ['2025-03', '2025'],
    ['2025-03-07T23:30-05:00', '2025-03-07'],
    ['2025-12-31T23:30-08:00', '2025'],
    ['2025-03-08?', '2025-03-07'],
    ['2025-03', '2025-02~'],
    ['2025-03', '2025-02/..'],
    ['2025-03', 'NOT_STATED'],
  ])('takes one that may have been seen last after it was seen first: %s, %s', (firstSeenAt, lastSeenAt) => {
    const seen = { firstSeenAt, lastSeenAt };
    given(caseAggregate, ...openCase)
      .when(recordIdentifier, build(seen))
      .then(identifierRecorded({ identifierId, ...seen }));
  });

  it.each([
    ['2025-03-07T10:00Z', '2025-03-07T09:59Z'],
    ['2025-03-09T10:00Z', '2025-03-07'],
    ['2025-03-08', '2025-03-07'],
  ])('refuses one that was surely seen last before it was seen first: %s, %s', (firstSeenAt, lastSeenAt) => {
    given(caseAggregate, ...openCase)
      .when(recordIdentifier, build({ firstSeenAt, lastSeenAt }))
      .thenRefused('ENDS_BEFORE_IT_BEGINS');
  });

  it('never sees an API key: it is concealed before, the same key always the same', () => {
    const key = build({ identifierKind: 'API_KEY', identifierValue: ' sk-1234567890 ' });
    const said = concealed(key, hash);
    expect(said).not.toBe(key);
    expect(JSON.stringify(said)).not.toContain('sk-1234567890');
    expect(said.identifierValue).toBe(
      concealed(build({ ...key, identifierValue: 'sk-1234567890' }), hash).identifierValue,
    );
    given(caseAggregate, ...openCase)
      .when(recordIdentifier, said)
      .then(identifierRecorded({ identifierId, identifierKind: 'API_KEY', identifierValue: said.identifierValue }));
    expect(recordIdentifier.conceal).toBe(concealed);
    expect(correctIdentifier.conceal).toBe(concealed);
    expect(() =>
      given(caseAggregate, ...openCase)
        .when(recordIdentifier, key)
        .then(),
    ).toThrow('not concealed');
  });

  it('leaves what is no key as it is', () => {
    const command = build();
    expect(concealed(command, hash)).toBe(command);
  });

  it.each([
    ['whom it identifies', { subjectId: unknown }],
    ['who says it', { source: source(unknown) }],
    ['a relay', { source: source(partner, unknown) }],
  ])('refuses if %s is no party of this case', (_, change) => {
    given(caseAggregate, ...openCase)
      .when(recordIdentifier, build(change))
      .thenRefused('NOT_FOUND');
  });

  it('refuses an id that is taken, and on a closed case', () => {
    given(caseAggregate, ...openCase, identifierRecorded())
      .when(recordIdentifier, build.full())
      .thenRefused('ALREADY_EXISTS');
    given(caseAggregate, ...closedCase)
      .when(recordIdentifier, build())
      .thenRefused('CASE_CLOSED');
  });

  it('is told what is none of its kind, without a word of it', () => {
    const [error] = validateSync(build({ identifierKind: 'API_KEY', identifierValue: 'sk-1' }), {
      forbidUnknownValues: false,
    });
    expect(error.property).toBe('identifierValue');
    expect(error.constraints!.isIdentifier).toMatch(/API key/);
    expect(JSON.stringify(error.constraints)).not.toContain('sk-1');
  });
});

describe('correctIdentifier', () => {
  const recorded = [...openCase, identifierRecorded({ identifierIssuer: 'Halden' })];
  const { payload } = identifierRecorded({ identifierValue: 'acct-2' });
  const corrected = event(IdentifierCorrected, { ...payload, reason: 'Mistyped.' } as IdentifierCorrected);
  const correct = commands.correctIdentifier;

  it('replaces it whole: what is omitted is no longer stated', () => {
    given(caseAggregate, ...recorded)
      .when(correctIdentifier, correct())
      .then(corrected);
  });

  it('refuses what is the same, however it is written', () => {
    given(caseAggregate, ...recorded)
      .when(correctIdentifier, correct({ identifierValue: ' acct-1', identifierIssuer: 'Halden' }))
      .thenRefused('NOTHING_CHANGED');
    given(caseAggregate, ...recorded, corrected)
      .when(correctIdentifier, correct())
      .thenRefused('NOTHING_CHANGED');
  });

  it.each([
    ['an unknown identifier', { identifierId: unknown }],
    ['the id of a record of another kind', { identifierId: partner }],
    ['an unknown party', { subjectId: unknown }],
  ])('refuses %s', (_, change) => {
    given(caseAggregate, ...recorded)
      .when(correctIdentifier, correct(change))
      .thenRefused('NOT_FOUND');
  });

  it('leaves alone what is retracted, or in a closed case', () => {
    given(caseAggregate, ...recorded, recordRetracted(identifier, 'identifier'))
      .when(correctIdentifier, correct())
      .thenRefused('RECORD_RETRACTED');
    given(caseAggregate, ...recorded, caseClosed())
      .when(correctIdentifier, correct())
      .thenRefused('CASE_CLOSED');
  });
});

describe('what two cases have in common', () => {
  it('is of one kind, identifierIssuer and value, and no longer so where one is retracted', () => {
    const row = { status: 'RECORDED', identifierKind: 'ACCOUNT', identifierValue: 'a', identifierIssuer: null };
    expect(fingerprintOf({ ...row, status: 'CORRECTED' })).toBe(fingerprintOf(row));
    const others = [{ identifierKind: 'DEVICE' }, { identifierValue: 'b' }, { identifierIssuer: 'Halden' }];
    for (const other of others) expect(fingerprintOf({ ...row, ...other })).not.toBe(fingerprintOf(row));
    expect(fingerprintOf({ ...row, status: 'RETRACTED' })).toBeNull();
  });

  it.each(['API_KEY', 'IP', 'ASN', 'EMAIL', 'DOMAIN'])('is %s whoever is said to have issued it', (identifierKind) => {
    const row = { status: 'RECORDED', identifierKind, identifierValue: 'a', identifierIssuer: null };
    expect(fingerprintOf({ ...row, identifierIssuer: 'Halden' })).toBe(fingerprintOf(row));
  });

  it.each(['ACCOUNT', 'ORGANISATION_ID', 'PAYMENT_FINGERPRINT', 'DEVICE'])(
    'is %s of an issuer, however that is written',
    (identifierKind) => {
      const row = { status: 'RECORDED', identifierKind, identifierValue: 'a', identifierIssuer: 'Haldén' };
      expect(fingerprintOf({ ...row, identifierIssuer: 'HALDEN' })).toBe(fingerprintOf(row));
      expect(fingerprintOf({ ...row, identifierIssuer: 'Brightwater' })).not.toBe(fingerprintOf(row));
    },
  );

  it('has one request for both, under an id that only the installation can make', () => {
    const one = deconflictionId((text) => text, CASE, unknown);
    expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(deconflictionId((text) => text, unknown, CASE)).toBe(one);
    expect(deconflictionId((text) => `of another key ${text}`, CASE, unknown)).not.toBe(one);
  });
});
