import { caseNumber, numberOrder } from './case-number.js';

it('case numbers have at least four digits, and are in the order of their years and numbers, drawn ones behind them', () => {
  const numbers = [
    caseNumber(2025, 99_999),
    'CASE-2025-A23456',
    'CASE-2025-B23456',
    caseNumber(2026, 0),
    caseNumber(2026, 9_998),
    caseNumber(2026, 9_999),
    caseNumber(2027, 0),
  ];
  expect(numbers[3]).toBe('CASE-2026-0001');
  expect(numbers[5]).toBe('CASE-2026-10000');
  const ordered = [...numbers].reverse().sort((a, b) => (numberOrder(a) < numberOrder(b) ? -1 : 1));
  expect(ordered).toEqual(numbers);
});
