import picocolors from 'picocolors';
import wrapAnsi from 'wrap-ansi';

/** The widest line, in columns. */
export const WIDTH = 100;

const { NO_COLOR, TERM } = process.env;

/** Colours where standard output is a terminal, and none elsewhere or with NO_COLOR. */
export const colours = picocolors.createColors(process.stdout.isTTY && !NO_COLOR && TERM !== 'dumb');

/** Control characters beside the line feed, and those that change the direction of writing. */
// eslint-disable-next-line no-control-regex -- they are what is looked for
const UNSAFE = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Recorded text as it may be shown: what could steer the terminal is written out (`\u{1b}`). */
export const safe = (text: string): string =>
  text.replace(UNSAFE, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);

/** The same for what stands on a line with other things: a line feed in it would begin what looks like a line of ours. */
export const safeInLine = (text: string): string => safe(text).replaceAll('\n', '\\u{a}');

/** Text in lines of at most `WIDTH` columns, each after so many spaces. */
export function indented(text: string, spaces: number): string {
  const margin = ' '.repeat(spaces);
  const lines = wrapAnsi(text, WIDTH - spaces, { hard: true, trim: false }).split('\n');
  return lines.map((line) => margin + line.trimEnd()).join('\n');
}

/** Writes a line to standard output, and waits where its reader is slow. */
export async function print(line: string): Promise<void> {
  if (process.stdout.write(`${line}\n`)) return;
  await new Promise<void>((resolve) => process.stdout.once('drain', resolve));
}
