const LENGTH = 80;

/** The beginning of a text, for a summary of one line. */
export function excerpt(text: string | undefined): string {
  const line = (text ?? '').replaceAll(/\s+/g, ' ').trim();
  if (line.length <= LENGTH) return line;
  // No character takes more than two units: of a long text, only its beginning is taken apart.
  const characters = [...line.slice(0, 2 * (LENGTH + 1))];
  return characters.length <= LENGTH ? characters.join('') : `${characters.slice(0, LENGTH - 1).join('')}…`;
}
