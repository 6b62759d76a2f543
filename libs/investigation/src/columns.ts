import { type Condition } from '#read-models/condition.js';
import { type Column, type Row } from '#read-models/read-model.js';
import { foldText } from '#read-models/search/words.js';
import { type FuzzyTimeReading } from './values/fuzzy-time.js';

/** A field of text, as it is. */
export const textColumn = (field: string): Column => ({
  type: 'text',
  of: (row) => (row[field] ?? null) as string | null,
});

/** Between the texts of a list in one column: none of them holds one. */
const BREAK = '\n';

/** A list of texts, to be asked for one of them: see `has`. */
export const listColumn = (field: string, written: (text: string) => string = (text) => text): Column => ({
  type: 'text',
  of: (row) => {
    const texts = row[field] as readonly string[];
    return texts.length === 0 ? null : `${BREAK}${texts.map(written).join(BREAK)}${BREAK}`;
  },
});

/** True for the rows in whose list this text is. */
export const has = (column: string, text: string): Condition => ({
  column,
  op: 'contains',
  value: `${BREAK}${text}${BREAK}`,
});

/** The bounds of a fuzzy time: `<field>Earliest` and `<field>Latest`, and whether anything is stated. */
export const fuzzyColumns = (field: string): Record<string, Column> => ({
  [`${field}Earliest`]: { type: 'text', of: (row) => (row[field] as FuzzyTimeReading).earliest },
  [`${field}Latest`]: { type: 'text', of: (row) => (row[field] as FuzzyTimeReading).latest },
  [`${field}Stated`]: { type: 'boolean', of: (row) => (row[field] as FuzzyTimeReading).stated !== 'NOT_STATED' },
});

export { foldText };

/** Only the fields that an event gives: the others stay. */
export const given = (fields: Row): Row =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
