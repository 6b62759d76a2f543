import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { ann } from '../../../../test/builders/actors.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { noteAdded, openCase } from '../../../../test/builders/case-events.js';
import { caseMarked, consentRecorded, recordMarked } from '../../../../test/builders/access-events.js';
import { derivedId, given } from '../../../../test/builders/decide.js';
import { CASE, note, unknown } from '../../../../test/builders/ids.js';
import { principal } from '../../../../test/builders/principals.js';
import { caseAggregate } from '../case-aggregate.js';
import { Originator } from './originator.js';
import { recordOriginatorConsent } from './record-originator-consent.js';

const acme = { organisation: 'acme' };
const before = [...openCase, noteAdded(), recordMarked({ originator: acme })];
const consent = commands.recordOriginatorConsent;
const consentId = derivedId(`case-${CASE}`, 'c1');

describe('recordOriginatorConsent', () => {
  it('keeps who consented, when, by what way, and to which mark', () => {
    given(caseAggregate, ...before)
      .when(recordOriginatorConsent, consent.full())
      .then(consentRecorded({ consentId, pap: 'GREEN', consentedAt: '2025-02-01', channel: 'PHONE' }));
    given(caseAggregate, ...openCase, caseMarked({ originator: acme }))
      .when(recordOriginatorConsent, consent({ markedId: CASE }))
      .then(consentRecorded({ consentId, markedId: CASE }));
  });

  it('is to a mark that stands, of that originator', () => {
    for (const [over, events] of [
      [{ markedId: unknown }, before],
      [{ markedId: CASE }, before],
      [{ originator: { organisation: 'other' } }, before],
      [{}, [...openCase, noteAdded(), recordMarked()]],
    ] as const) {
      given(caseAggregate, ...events)
        .when(recordOriginatorConsent, consent(over))
        .thenRefused('NOT_FOUND');
    }
  });

  it('is to a lower one, which is not consented to yet', () => {
    given(caseAggregate, ...before)
      .when(recordOriginatorConsent, consent({ tlp: 'RED' }))
      .thenRefused('CONSENT_NOT_NEEDED');
    given(caseAggregate, ...before, consentRecorded())
      .when(recordOriginatorConsent, consent())
      .thenRefused('ALREADY_CONSENTED');
    given(caseAggregate, ...before, consentRecorded())
      .when(recordOriginatorConsent, consent({ tlp: 'CLEAR' }))
      .then(consentRecorded({ consentId, tlp: 'CLEAR' }));
    given(caseAggregate, ...before)
      .when(recordOriginatorConsent, consent({ recipients: [{ kind: 'GROUP', id: 'x' }] }))
      .thenRefused('RECIPIENTS_NOT_ALLOWED');
  });

  it('is one of no more than a hundred, whatever became of them', () => {
    const consents = Array.from({ length: 99 }, (_, n) => [
      consentRecorded({ consentId: derivedId(`case-${CASE}`, `c${n + 2}`) }),
      recordMarked({ originator: acme, reason: `Set again, ${n}.` }),
    ]).flat();
    given(caseAggregate, ...before, ...consents)
      .when(recordOriginatorConsent, consent())
      .then(consentRecorded({ consentId }));
    given(caseAggregate, ...before, ...consents, consentRecorded({ consentId }))
      .when(recordOriginatorConsent, consent({ tlp: 'CLEAR' }))
      .thenRefused('LIMIT_EXCEEDED');
    const other = { originator: { organisation: 'other' } };
    given(caseAggregate, ...before, ...consents, consentRecorded({ consentId }), recordMarked(other))
      .when(recordOriginatorConsent, consent(other))
      .then(consentRecorded({ consentId, ...other }));
  });

  it("is recorded by one's own people, or by the originator's", () => {
    const of = (organisation: string) => principal(ann, { roles: ['PARTNER'], organisation });
    given(caseAggregate, ...before)
      .when(recordOriginatorConsent, consent(), { actor: of('acme') })
      .then(consentRecorded({ consentId }));
    given(caseAggregate, ...before)
      .when(recordOriginatorConsent, consent(), { actor: of('other') })
      .thenRefused('NOT_ORIGINATOR');
  });
});

it('an originator is an organisation, a party or both', () => {
  const wrong = (fields: object) =>
    validateSync(Object.assign(new Originator(), fields)).map(({ property }) => property);
  for (const fields of [acme, { partyId: note }, { ...acme, partyId: note }, { organisation: null, partyId: note }]) {
    expect(wrong(fields)).toEqual([]);
  }
  expect(wrong({})).toEqual(['organisation']);
  expect(wrong({ organisation: '', partyId: note })).toEqual(['organisation']);
  expect(wrong({ partyId: 'x', organisation: 'acme' })).toEqual(['partyId']);
});
