/**
 * A text as it is stored and compared: at U+0000 the embedded engine takes a text to end, and PostgreSQL takes none that has
 * it. It and U+0001 become two characters each, by which neither the order of texts nor their being equal changes.
 */
export const storable = (text: string): string =>
  text.includes('\u0000') || text.includes('\u0001')
    ? text.replaceAll('\u0001', '\u0001\u0002').replaceAll('\u0000', '\u0001\u0001')
    : text;

/** A stored text as it was given. */
export const asGiven = (text: string): string =>
  text.includes('\u0001') ? text.replaceAll('\u0001\u0001', '\u0000').replaceAll('\u0001\u0002', '\u0001') : text;
