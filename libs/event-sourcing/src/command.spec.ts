import 'reflect-metadata';
import { validateSync } from 'class-validator';
import { Command, commandDescription, CommandInput, IsId } from './command.js';

@CommandInput('Puts a thing into a box.')
class PutThing extends Command {
  @IsId()
  boxId!: string;

  @IsId({ each: true })
  things!: string[];
}
class Unmarked extends Command {}

const id = '6f1c1a52-7f0b-4d3a-9a3e-2f6f5a1f0c11';
const wrong = (over: object): string[] =>
  validateSync(Object.assign(new PutThing(), { commandId: 'c1', boxId: id, things: [id] }, over)).flatMap(
    ({ property, constraints }) => Object.values(constraints ?? {}).map((message) => `${property}: ${message}`),
  );

describe('IsId', () => {
  it.each([id, '00000000-0000-8000-b000-000000000000'])('takes %s', (boxId) => expect(wrong({ boxId })).toEqual([]));

  it.each([
    id.toUpperCase(),
    `${id} `,
    `\n${id}`,
    `${id}\n`,
    id.replaceAll('-', ''),
    `{${id}}`,
    '00000000-0000-0000-0000-000000000000',
    '6f1c1a52-7f0b-9d3a-9a3e-2f6f5a1f0c11',
    '6f1c1a52-7f0b-4d3a-ca3e-2f6f5a1f0c11',
    '',
    null,
    7,
  ])('refuses %j', (boxId) => expect(wrong({ boxId })).toEqual(['boxId: it must be a UUID in lower case']));

  it('looks at each of a list', () => {
    expect(wrong({ things: [id, 'x'] })).toEqual(['things: each must be a UUID in lower case']);
  });
});

describe('a command', () => {
  it('is described once, for its input and its mutation', () => {
    expect(commandDescription(PutThing)).toBe('Puts a thing into a box.');
    expect(() => commandDescription(Unmarked)).toThrow('Unmarked is not marked with @CommandInput.');
  });
});
