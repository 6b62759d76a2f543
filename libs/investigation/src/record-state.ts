/** What every record of a case has in its folded state. */
export interface RecordState {
  /** The record's kind: its id is called `<kind>Id` in commands. */
  kind: string;
  /** The stream's revision at the record's last change. */
  revision: number;
  /** The stream's revision at which it was recorded. */
  firstRevision?: number;
  /** It was taken back: it stays visible, and nothing more happens to it. */
  retracted: boolean;
}
