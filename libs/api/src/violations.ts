/** One thing that is wrong with the input: where, what kind of mistake, and what is allowed instead. Never echoes the input. */
export interface Violation {
  /** From the argument's name on: `input.description.text`, `first`, `input.subjects[2]`. Empty where the whole document is meant. */
  path: string;
  code: string;
  message: string;
}

/** `input` and `title` make `input.title`; a number is an index: `input.via[0]`. */
export function at(path: string, step: string | number): string {
  if (typeof step === 'number') return `${path}[${step}]`;
  return path === '' ? step : `${path}.${step}`;
}
