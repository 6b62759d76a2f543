/** What a command was answered, as far as it must stay so. */
export interface Acknowledged {
  events: { id: string; type: string; sequence: number | null }[];
  revision: number;
}

/** A command as it was sent, and its answer if one came. */
export interface Sent {
  mutation: string;
  input: { commandId: string } & Record<string, unknown>;
  answer?: Acknowledged;
}

/** Everything that was sent to one folder's servers, over all kills. */
export class Journal {
  readonly sent: Sent[] = [];

  get acknowledged(): (Sent & { answer: Acknowledged })[] {
    return this.sent.filter((sent): sent is Sent & { answer: Acknowledged } => sent.answer !== undefined);
  }

  get unacknowledged(): Sent[] {
    return this.sent.filter(({ answer }) => answer === undefined);
  }
}
