import { GraphQLID, type GraphQLInputType, GraphQLNonNull, type GraphQLSchema } from 'graphql';
import { Command } from '#event-sourcing/command.js';
import { type CommandFields } from '#event-sourcing/slice.js';
import { apiError, invalid } from '../errors.js';
import { coerced, type Given } from '../graphql/coercion.js';
import { validInput } from '../input-pipe.js';
import { type SentCommand } from '../send-command.js';
import { type Line } from './lines.js';

/** Bytes that a line may have. */
export const LINE_LIMIT = 262_144;

/** What a line asks for: a command, valid and ready to be sent. */
export interface ImportedCommand {
  sent: SentCommand;
  command: CommandFields & { caseId?: string | null };
}

/** Reads lines as the mutations of the same names read their inputs: by the schema, then by the input classes. */
export class ImportCommands {
  private readonly byName: ReadonlyMap<string, { sent: SentCommand; type: GraphQLInputType }>;

  constructor(schema: GraphQLSchema, commands: readonly SentCommand[]) {
    const mutations = schema.getMutationType()!.getFields();
    this.byName = new Map(commands.map((sent) => [sent.name, { sent, type: mutations[sent.name].args[0].type }]));
  }

  /** Throws `LIMIT_EXCEEDED` for a line that is too long, `VALIDATION_FAILED` for any other that is no valid command. */
  read({ text, fault }: Line): ImportedCommand {
    if (fault === 'TOO_LONG')
      throw apiError('LIMIT_EXCEEDED', `A line may have ${LINE_LIMIT} bytes.`, { allowed: LINE_LIMIT });
    if (text === null) throw wrong('', 'ILL_FORMED', 'The line is not in UTF-8.');
    const { command, input } = object(text);
    const known = typeof command === 'string' ? this.byName.get(command) : undefined;
    if (!known) throw wrong('command', 'UNKNOWN_COMMAND', UNKNOWN);
    const { sent, type } = known;
    const given = coerced('input', type, { input });
    return { sent, command: validInput(sent.input, given, 'input') as ImportedCommand['command'] };
  }

  /** The `commandId` that a line gives, if it is a valid one: its sender knows the line by that, whatever is wrong with it. */
  commandIdOf({ text }: Line): string | undefined {
    try {
      const { input } = JSON.parse(text ?? '') as { input: Given };
      return validInput(Named, { commandId: coerced('commandId', ID, input) }).commandId;
    } catch {
      return undefined;
    }
  }
}

/** What every command has. */
class Named extends Command {}
const ID = new GraphQLNonNull(GraphQLID);

const FORM = 'a line is {"command": "openCase", "input": {…}}, with the input of the mutation of that name.';
const UNKNOWN =
  'command is the name of a command on cases or terms, as its mutation is called: openCase, addNote and so on.';

function object(text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw wrong('', 'JSON', `The line cannot be read as JSON: ${FORM}`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw wrong('', 'WRONG_TYPE', `The line is no object: ${FORM}`);
  const other = Object.keys(parsed).find((name) => name !== 'command' && name !== 'input');
  if (other !== undefined) throw wrong('', 'UNKNOWN_FIELD', `The line has more than command and input: ${FORM}`);
  return parsed as Record<string, unknown>;
}

const wrong = (path: string, code: string, message: string): Error => invalid([{ path, code, message }]);
