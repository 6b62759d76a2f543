import 'reflect-metadata';
import fc from 'fast-check';
import { receives } from '#access/cases/allow.js';
import { type Mark } from '#access/cases/case-access.js';
import { TLP_LEVELS } from '#access/cases/tlp.js';
import { event } from '#event-sourcing/event.js';
import { ann } from '../../../../test/builders/actors.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { closedCase, noteAdded, openCase } from '../../../../test/builders/case-events.js';
import { caseMarked, consentRecorded, recordMarked } from '../../../../test/builders/access-events.js';
import { fold, given } from '../../../../test/builders/decide.js';
import { note, partner, unknown } from '../../../../test/builders/ids.js';
import { principal } from '../../../../test/builders/principals.js';
import { grantee } from '../../../../test/builders/values.js';
import { caseAggregate } from '../case-aggregate.js';
import { CaseMarked, markCase } from './mark-case.js';
import { markRecord, RecordMarked } from './mark-record.js';
import { lowers, type MarkTerms } from './mark-state.js';
import { PAP_LEVELS } from './pap.js';

const acme = { organisation: 'acme' };
const [pia, client] = [grantee('pia'), grantee('client', 'ORGANISATION')];
const noted = [...openCase, noteAdded()];
const mark = commands.markRecord;
const marked = (over: Partial<RecordMarked> = {}) =>
  event(RecordMarked, { recordId: note, tlp: 'AMBER', recipients: [], ...over });
/** One of acme's people. */
const paula = principal(ann, { id: 'paula', roles: ['PARTNER'], organisation: 'acme' });

describe('marking', () => {
  it('keeps the word, whose it is, whom it names and why', () => {
    const full = {
      pap: 'RED' as const,
      originator: { ...acme, partyId: partner },
      recipients: [client],
      reason: 'They asked.',
    };
    given(caseAggregate, ...noted)
      .when(markRecord, mark({ tlp: 'AMBER', ...full }))
      .then(marked(full));
    given(caseAggregate, ...closedCase)
      .when(markCase, commands.markCase({ tlp: 'CLEAR' }))
      .then(event(CaseMarked, { tlp: 'CLEAR', recipients: [] }));
  });

  it('is of a record of the case and of its parties', () => {
    given(caseAggregate, ...openCase)
      .when(markRecord, mark({ recordId: unknown }))
      .thenRefused('NOT_FOUND');
    given(caseAggregate, ...noted)
      .when(markRecord, mark({ originator: { partyId: unknown } }))
      .thenRefused('NOT_FOUND');
  });

  it.each([
    ['RED', client],
    ['RED', grantee('legal', 'GROUP')],
    ['AMBER', grantee('legal', 'GROUP')],
    ['AMBER_STRICT', pia],
    ['GREEN', pia],
    ['CLEAR', client],
  ] as const)('TLP:%s does not name %j', (tlp, one) => {
    given(caseAggregate, ...noted)
      .when(markRecord, mark({ tlp, recipients: [one] }))
      .thenRefused('RECIPIENTS_NOT_ALLOWED');
  });

  it('stands beside the marks of other originators: raising one leaves the others', () => {
    const state = fold(caseAggregate, [
      ...noted,
      recordMarked({ originator: acme }),
      recordMarked({ tlp: 'RED', originator: undefined }),
      recordMarked({ tlp: 'CLEAR', originator: undefined }),
      caseMarked({ tlp: 'GREEN' }),
    ]);
    const levels = [...state.access.marks].map(([id, marks]) => [
      id,
      [...marks].map(([by, { tlp }]) => `${by} ${tlp}`),
    ]);
    expect(levels).toEqual([
      [note, ['ORGANISATION/acme AMBER', ' CLEAR']],
      ['', [' GREEN']],
    ]);
  });

  it('changes something', () => {
    given(caseAggregate, ...noted, recordMarked({ originator: acme, recipients: [client, pia] }))
      .when(markRecord, mark({ tlp: 'AMBER', originator: acme, recipients: [pia, client] }))
      .thenRefused('NOTHING_CHANGED');
  });
});

describe('lowering a mark', () => {
  const before = [...noted, recordMarked({ tlp: 'AMBER', pap: 'AMBER', originator: acme, recipients: [client] })];

  it.each([
    ['to a level less strict', { tlp: 'GREEN', pap: 'AMBER' }],
    ['by another recipient', { tlp: 'AMBER', pap: 'AMBER', recipients: [client, pia] }],
    ['by recipients of a stricter one whom it did not name', { tlp: 'RED', pap: 'AMBER', recipients: [pia] }],
    ['by a wider permission', { tlp: 'AMBER', pap: 'GREEN', recipients: [client] }],
    ['by leaving the permission out', { tlp: 'AMBER', recipients: [client] }],
  ] as const)('that another originator set, %s, needs its consent', (_, to) => {
    const refusal = given(caseAggregate, ...before)
      .when(markRecord, mark({ originator: acme, ...to, recipients: [...('recipients' in to ? to.recipients : [])] }))
      .thenRefused('CONSENT_NEEDED');
    expect(refusal.message).toContain('ORGANISATION/acme');
  });

  it.each([
    ['a stricter level', { tlp: 'RED', pap: 'AMBER', recipients: [] }],
    ['fewer recipients', { tlp: 'AMBER', pap: 'AMBER', recipients: [] }],
    ['a narrower permission', { tlp: 'AMBER', pap: 'RED', recipients: [client] }],
  ] as const)('is not what %s does: anybody may', (_, { tlp, pap, recipients }) => {
    given(caseAggregate, ...before)
      .when(markRecord, mark({ originator: acme, tlp, pap, recipients: [...recipients] }))
      .then(marked({ tlp, pap, originator: acme, recipients: [...recipients] }));
  });

  it("is the originator's own matter, and ours of our own", () => {
    given(caseAggregate, ...before)
      .when(markRecord, mark({ tlp: 'CLEAR' }), { actor: paula })
      .then(marked({ tlp: 'CLEAR', originator: acme }));
    given(caseAggregate, ...noted, recordMarked({ tlp: 'RED' }))
      .when(markRecord, mark({ tlp: 'CLEAR' }))
      .then(marked({ tlp: 'CLEAR' }));
  });

  it('goes by a consent to exactly that, once, as long as the mark stands', () => {
    const consent = consentRecorded({ pap: 'AMBER' });
    const to = mark({ tlp: 'GREEN', pap: 'AMBER', originator: acme });
    const lowered = marked({ tlp: 'GREEN', pap: 'AMBER', originator: acme, usedConsentId: unknown });
    given(caseAggregate, ...before, consent)
      .when(markRecord, to)
      .then(lowered);
    for (const other of [mark({ ...to, tlp: 'CLEAR' }), mark({ ...to, pap: 'GREEN' })]) {
      given(caseAggregate, ...before, consent)
        .when(markRecord, other)
        .thenRefused('CONSENT_NEEDED');
    }
    const raised = recordMarked({ tlp: 'RED', pap: 'AMBER', originator: acme });
    for (const since of [[raised], [lowered, raised]]) {
      given(caseAggregate, ...before, consent, ...since)
        .when(markRecord, to)
        .thenRefused('CONSENT_NEEDED');
    }
    // It is of this record and of this originator.
    const [onCase, others] = [
      caseMarked({ originator: acme }),
      recordMarked({ originator: { organisation: 'other' } }),
    ];
    given(caseAggregate, ...before, onCase, consent)
      .when(markCase, commands.markCase({ tlp: 'GREEN', originator: acme }))
      .thenRefused('CONSENT_NEEDED');
    given(caseAggregate, ...before, others, consent)
      .when(markRecord, mark({ tlp: 'GREEN', originator: { organisation: 'other' } }))
      .thenRefused('CONSENT_NEEDED');
  });

  it('is what lets anybody through, of outside, whom the mark did not', () => {
    const people = ['PERSON/paula', 'PERSON/pia'];
    const whom = { RED: people, AMBER: [...people, 'ORGANISATION/client'] } as Record<string, string[]>;
    const terms: fc.Arbitrary<MarkTerms> = fc.constantFrom(...TLP_LEVELS).chain((tlp) =>
      fc.record({
        tlp: fc.constant(tlp),
        pap: fc.option(fc.constantFrom(...PAP_LEVELS), { nil: undefined }),
        recipients: fc.subarray(whom[tlp] ?? []).map((named) => new Set(named)),
      }),
    );
    const reader = fc.record({
      id: fc.constantFrom('paula', 'pia', 'otto'),
      roles: fc.constant(['PARTNER' as const]),
      groups: fc.constant([]),
      organisation: fc.constantFrom('acme', 'client', 'other'),
    });
    const access = { members: new Map([['ORGANISATION/other', new Set(['READ' as const])]]) };
    let counted = 0;
    fc.assert(
      fc.property(terms, terms, reader, (from, to, who) => {
        const of = ({ tlp, recipients }: MarkTerms): Mark => ({ tlp, recipients, originator: 'ORGANISATION/acme' });
        const gains = receives(who, of(to), access) && !receives(who, of(from), access);
        if (!gains) return;
        counted++;
        expect(lowers(to, from)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
    expect(counted).toBeGreaterThan(100);
  });
});

describe('whoever is of an outside organisation', () => {
  it('marks in its word, whether or not it says so', () => {
    for (const originator of [undefined, acme]) {
      given(caseAggregate, ...noted)
        .when(markRecord, mark({ tlp: 'AMBER', originator }), { actor: paula })
        .then(marked({ originator: acme }));
    }
  });

  it('marks in nobody else’s', () => {
    for (const originator of [{ organisation: 'other' }, { partyId: partner }]) {
      given(caseAggregate, ...noted)
        .when(markRecord, mark({ originator }), { actor: paula })
        .thenRefused('NOT_ORIGINATOR');
    }
    given(caseAggregate, ...noted)
      .when(markRecord, mark(), { actor: principal(ann, { roles: ['PARTNER'] }) })
      .thenRefused('NOT_ORIGINATOR');
  });

  it('never marks the case: it would be closed to all others', () => {
    given(caseAggregate, ...noted)
      .when(markCase, commands.markCase({ tlp: 'GREEN' }), { actor: paula })
      .thenRefused('NOT_ORIGINATOR');
  });

  it('does not mark itself out', () => {
    given(caseAggregate, ...noted)
      .when(markRecord, mark({ tlp: 'RED', recipients: [pia] }), { actor: paula })
      .thenRefused('LOCKED_OUT');
    given(caseAggregate, ...noted)
      .when(markRecord, mark({ tlp: 'RED', recipients: [grantee('paula')] }), { actor: paula })
      .then(marked({ tlp: 'RED', originator: acme, recipients: [grantee('paula')] }));
  });
});
