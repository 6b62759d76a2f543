import { type CommandResult } from '#event-sourcing/command-attempt.js';
import { CommandHandler, type CommandHandlerOptions } from '#event-sourcing/command-handler.js';
import { type Actor } from '#event-sourcing/envelope.js';
import { type EventLog } from '#event-sourcing/log/event-log.js';
import { type CommandFields, type Slice } from '#event-sourcing/slice.js';
import { ann } from './actors.js';
import { type Box, boxAggregate, boxEvents, Idle, idle, OpenBox, openBox, PutLid, putLid } from './box.js';
import { PutThing, putThing, TakeThing, takeThing, Touch, touch } from './box.js';
import { MemoryLog } from './memory-log.js';
import { permissiveRegistry } from './registry.js';

let count = 0;

/** Sends commands about boxes through a handler of its own; ids of commands are counted unless given. */
export class Boxes {
  private readonly handler: CommandHandler;

  constructor(log: EventLog, logId: string, options: Partial<CommandHandlerOptions> = {}) {
    const registry = permissiveRegistry(...boxEvents);
    this.handler = new CommandHandler({ log, registry, logId, authorise: () => undefined, ...options });
  }

  open = this.sender(openBox, OpenBox);
  put = this.sender(putThing, PutThing);
  take = this.sender(takeThing, TakeThing);
  /** Decided by all that is in the box, whatever of it does not exist for the actor. */
  takeAny = this.sender({ ...takeThing, weighsHidden: true }, TakeThing);
  touch = this.sender(touch, Touch);
  idle = this.sender(idle, Idle);
  lid = this.sender(putLid, PutLid);

  /** What is in a box, as queries are told it. */
  async things(boxId: string): Promise<readonly string[] | undefined> {
    const box = await this.handler.stateOf(boxAggregate, boxId);
    return box ? [...box.things.keys()] : undefined;
  }

  private sender<C extends CommandFields>(slice: Slice<Box, C>, type: new () => C) {
    return (fields: Partial<C>, actor: Actor = ann): Promise<CommandResult> => {
      const command = Object.assign(new type(), { commandId: `b${++count}` }, fields);
      return this.handler.execute(boxAggregate, slice, command, actor);
    };
  }
}

/** A log with one open box in it. */
export interface BoxInLog {
  log: MemoryLog;
  logId: string;
  boxes: Boxes;
  boxId: string;
  stream: string;
}

export async function boxInLog(): Promise<BoxInLog> {
  const log = await MemoryLog.create();
  const logId = await log.identity();
  const boxes = new Boxes(log, logId);
  const { subjectId: boxId, stream } = await boxes.open({});
  return { log, logId, boxes, boxId, stream };
}
