import { type GraphQLFormattedError } from 'graphql';
import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { type ImportedCommand } from './import-command.js';
import { type Line } from './lines.js';

/** Commands that are under way at once. */
const AT_ONCE = 256;

/** What a line came to. */
export type LineAnswer =
  | { line: number; commandId: string; caseId: string; repeated: boolean; events: object[]; revision: number }
  | { line: number; commandId?: string; error: GraphQLFormattedError };

export interface ImportSteps {
  /** Throws what is wrong with a line. */
  read: (line: Line) => ImportedCommand;
  /** The `commandId` of a line that cannot be read. */
  commandIdOf: (line: Line) => string | undefined;
  send: (imported: ImportedCommand) => Promise<CommandResult>;
  format: (error: unknown) => GraphQLFormattedError;
  /** Asked when a line has come: a promise to wait for, or throws why no more is taken. */
  admit: () => Promise<void> | undefined;
}

/**
 * Carries out one command a line, many at once, and answers each in the order of the lines. Commands on one case happen in
 * their order; one that looks at other streams waits for all before it, and those behind it for it.
 */
export class ImportRun {
  /** By case: its opening. */
  private readonly openings = new Map<string, Promise<unknown>>();
  private fence: Promise<unknown> | undefined;
  private readonly underWay: Promise<LineAnswer>[] = [];

  constructor(private readonly steps: ImportSteps) {}

  /** The lines' answers. Throws what `admit` or the lines threw, once all that was begun is answered; then the lines are told to end. */
  async *answers(lines: AsyncGenerator<Line, void>): AsyncGenerator<LineAnswer, void> {
    const { underWay } = this;
    let stopped: { error: unknown } | undefined;
    let next: Promise<IteratorResult<Line, void>> | undefined = this.nextOf(lines);
    while (next !== undefined || underWay.length > 0) {
      // Answers are given as they come, also while the next line is long in coming.
      const oldest = underWay.slice(0, 1).map((answer) => answer.then(() => null));
      const waitsForLine = next !== undefined && underWay.length < AT_ONCE;
      try {
        const line = waitsForLine ? await Promise.race([next!, ...oldest]) : null;
        if (line === null) yield await underWay.shift()!;
        else if (line.done) next = undefined;
        else {
          underWay.push(this.answer(line.value));
          next = this.nextOf(lines);
        }
      } catch (error) {
        stopped = { error };
        next = undefined;
      }
    }
    if (!stopped) return;
    await lines.return();
    throw stopped.error;
  }

  private nextOf(lines: AsyncGenerator<Line, void>): Promise<IteratorResult<Line, void>> {
    const next = (async () => {
      const line = await lines.next();
      // Not before: it may have been long in coming.
      if (!line.done) await this.steps.admit();
      return line;
    })();
    // It is waited for only while there is room for a line; a failure before that is heard of then.
    next.catch(() => undefined);
    return next;
  }

  private async answer(line: Line): Promise<LineAnswer> {
    let commandId: string | undefined;
    try {
      const imported = this.steps.read(line);
      ({ commandId } = imported.command);
      const { subjectId, repeated, events, revision } = await this.inOrder(imported);
      return { line: line.number, commandId, caseId: subjectId, repeated, events, revision };
    } catch (error) {
      const { commandIdOf, format } = this.steps;
      return { line: line.number, commandId: commandId ?? commandIdOf(line), error: format(error) };
    }
  }

  /** Called in the order of the lines. */
  private inOrder(imported: ImportedCommand): Promise<CommandResult> {
    const { sent, command } = imported;
    const { caseId } = command;
    const opening = caseId ? this.openings.get(caseId) : undefined;
    const before: Promise<unknown>[] = [this.fence, opening].filter((one) => one !== undefined);
    if (sent.needsOthers && !sent.creates) before.push(...this.underWay);
    const begun =
      before.length > 0 ? Promise.all(before).then(() => this.steps.send(imported)) : this.steps.send(imported);
    // Whatever it comes to, those behind it go on.
    const over = begun.catch(() => undefined);
    if (sent.creates && caseId) {
      this.openings.set(caseId, over);
      // In as many turns as those take that wait for it: none of them is still on its way, to be overtaken, once it is gone.
      void Promise.all([over]).then(() => {
        if (this.openings.get(caseId) === over) this.openings.delete(caseId);
      });
    } else if (sent.needsOthers) this.fence = over;
    return begun;
  }
}
