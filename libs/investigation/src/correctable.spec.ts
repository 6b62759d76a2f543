import 'reflect-metadata';
import { refusalFrom } from '../../../test/builders/refusal.js';
import { type openEnvelope } from '#event-sourcing/envelope.js';
import { onRetracted, requireChanged, standing } from './correctable.js';

const record = { kind: 'statement', revision: 3, retracted: false, facts: { text: 'One.', about: [] } };

describe('a record that can be corrected', () => {
  it('stands until it is retracted', () => {
    expect(standing(new Map([['a', record]]), 'a', 'statement')).toBe(record);
    const retracted = new Map([['a', { ...record, retracted: true }]]);
    expect(refusalFrom(() => standing(retracted, 'a', 'statement')).code).toBe('RECORD_RETRACTED');
    expect(refusalFrom(() => standing(retracted, 'b', 'statement')).code).toBe('NOT_FOUND');
  });

  it('is corrected to something else only; null counts as absent', () => {
    expect(() => requireChanged(record, { text: 'Other.', about: [] })).not.toThrow();
    const same = { about: [], text: 'One.', remark: null };
    expect(refusalFrom(() => requireChanged(record, same)).code).toBe('NOTHING_CHANGED');
  });

  it('shows in the read model of its kind alone that it was retracted', () => {
    const { handle } = onRetracted('statement');
    const change = (recordKind: string) =>
      handle({ recordId: 'a', recordKind } as never, {} as ReturnType<typeof openEnvelope>, () => undefined);
    expect(change('statement')).toEqual([{ op: 'change', id: 'a', fields: { status: 'RETRACTED' } }]);
    expect(change('claim')).toEqual([]);
  });
});
