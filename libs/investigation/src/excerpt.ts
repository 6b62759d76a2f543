const LENGTH = 80;

/** The beginning of a text, for a summary of one line. */
export function excerpt(text: string | undefined): string {
  const characters = [...(text ?? '').replaceAll(/\s+/g, ' ').trim()];
  return characters.length <= LENGTH ? characters.join('') : `${characters.slice(0, LENGTH - 1).join('')}…`;
}
