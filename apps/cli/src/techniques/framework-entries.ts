/** What a framework names, by its id there. */
export interface Entry {
  mitreId: string;
  label: string;
}

/** What a published file says of a framework. */
export interface FrameworkFile {
  framework: 'ATLAS' | 'ATTACK';
  /** As the file itself names it; null where it names none. */
  version: string | null;
  entries: Entry[];
}
