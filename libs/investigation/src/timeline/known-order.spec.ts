import { type FoundRecord } from '../record-kinds.js';
import { knownOrder } from './known-order.js';

const found = (kind: string, id: string, row: object): FoundRecord => ({
  ...{ kind, id, v: 0, key: 0, caseKey: 0, mergedFrom: null },
  row: { status: 'RECORDED', ...row },
});
const link = (linkKind: string, row: object = {}): FoundRecord =>
  found('link', 'l', { linkKind, fromRecordId: 'a', toRecordId: 'b', ...row });

describe('the order that is known', () => {
  it('is told by links, from either end, as long as they stand', () => {
    expect(knownOrder([link('OCCURRED_BEFORE')])).toEqual([['a', 'b']]);
    expect(knownOrder([link('OCCURRED_AFTER')])).toEqual([['b', 'a']]);
    expect(knownOrder([link('CORROBORATES'), link('OCCURRED_AFTER', { status: 'RETRACTED' })])).toEqual([]);
  });

  it('is told by what responds to one record, or to several', () => {
    const answers = [
      found('statement', 's', { inResponseTo: 'a' }),
      found('statement', 't', { inResponseTo: ['a', 'b'] }),
    ];
    expect(knownOrder([...answers, found('note', 'n', { inResponseTo: null })])).toEqual([
      ['a', 's'],
      ['a', 't'],
      ['b', 't'],
    ]);
  });
});
