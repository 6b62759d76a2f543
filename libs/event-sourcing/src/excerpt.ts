const LENGTH = 80;
const SURROGATE = /[\ud800-\udfff]/;

/** The beginning of a text, for a summary of one line. */
export function excerpt(text: string | undefined): string {
  const line = firstLine(text ?? '');
  if (line.length <= LENGTH) return line;
  // No character takes more than two units: of a long text, only its beginning is looked at, and most have no such.
  const beginning = line.slice(0, 2 * (LENGTH + 1));
  if (!SURROGATE.test(beginning)) return `${line.slice(0, LENGTH - 1)}…`;
  const characters = [...beginning];
  return characters.length <= LENGTH ? characters.join('') : `${characters.slice(0, LENGTH - 1).join('')}…`;
}

/** White space as single spaces. Of a long text only as much as can be shown is looked at, unless that is mostly white space. */
function firstLine(text: string): string {
  const line = text
    .slice(0, 4 * LENGTH)
    .replaceAll(/\s+/g, ' ')
    .trim();
  return text.length <= 4 * LENGTH || line.length > 2 * (LENGTH + 1) ? line : text.replaceAll(/\s+/g, ' ').trim();
}
