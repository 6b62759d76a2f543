// eslint-disable-next-line no-control-regex -- they are what is looked for
const AROUND_OR_CONTROL = /^\s|\s$|[\u0000-\u001f\u007f]/;

/**
 * What is wrong with a setting that has what nobody sees around or in it, as a line's end of a file of another system:
 * "/data\r" would be another, empty folder. It may be a password, of whatever form: it is not shown.
 */
export const strayIn = (name: string, value: string): string | undefined =>
  AROUND_OR_CONTROL.test(value)
    ? `${name} has blanks around it, or a line's end or another control character in it; allowed is none.`
    : undefined;
