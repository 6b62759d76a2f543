import 'reflect-metadata';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { translated } from '../../../../test/builders/values.js';
import { partner } from '../../../../test/builders/ids.js';
import { CaseKind } from '../cases/case-enums.js';
import { proseOf } from './prose.js';

describe('the prose of a row', () => {
  it('is what somebody wrote, with its translations, however deep', () => {
    const text = translated();
    const row = {
      ...{ title: 'Élan', number: 'CASE-2025-0001', name: 'IBM', tags: ['API keys', 'press'], description: text },
      ...{ quantities: [{ asStated: '31 to 44', exact: 31 }], reason: 'Because.' },
    };
    expect(proseOf(row)).toEqual([
      ...['Élan', 'CASE-2025-0001', 'IBM', 'API keys', 'press'],
      ...[text.text, text.translation!.text, text.translation!.by, '31 to 44', 'Because.'],
    ]);
  });

  it('is no id, time, flag, number or value of an enumeration', () => {
    const row = {
      ...{ id: 'x', revision: 3, recordedAt: '2025-01-24T09:30:00.000Z', recordedBy: { id: 'ann', name: 'Ann' } },
      ...{ subjects: [partner], occurredAt: parseFuzzyTime('2024-23'), kind: CaseKind.INCIDENT, restricted: false },
      ...{
        openPeriods: [{ from: '2025-01-24T09:30:00.000Z', to: null }],
        source: { assertedBy: partner, via: [], grade: 'B2' },
      },
      description: { text: '', language: 'de' },
    };
    expect(proseOf(row)).toEqual([]);
  });

  it('is no time as it was stated, wherever a row keeps it so', () => {
    const row = {
      openPeriods: [{ from: '2024-09', to: '2025' }],
      awareness: [{ since: '2024-23', text: { text: 'That others try.' } }],
      publishedAtInferred: { time: '2025-01', inferredFrom: { text: 'The imprint.' } },
    };
    expect(proseOf(row)).toEqual(['That others try.', 'The imprint.']);
  });

  it('is a line that begins with a moment', () => {
    const line = '2025-03-07T09:10:00Z 203.0.113.7 asked 40 times';
    expect(proseOf({ text: line, at: '2025-03-07T10:10:00.5+01:00' })).toEqual([line]);
  });

  it('is what somebody wrote, though it reads like a value of an enumeration, an id or a moment', () => {
    const moment = '2025-01-24T09:30:00.000Z';
    const row = {
      ...{ name: CaseKind.INCIDENT, tags: [CaseKind.CASE], description: { text: CaseKind.INCIDENT, language: null } },
      ...{ identifierValue: partner, externalId: 'ID-1', title: moment, kind: CaseKind.CASE, subjectId: partner },
    };
    expect(proseOf(row)).toEqual(['INCIDENT', 'CASE', 'INCIDENT', partner, 'ID-1', moment]);
  });
});
