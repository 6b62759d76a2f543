import { Field } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, Length } from 'class-validator';
import { Command, CommandInput } from '#event-sourcing/command.js';
import { event } from '#event-sourcing/event.js';
import { slice } from '#event-sourcing/slice.js';
import { PrincipalKind, Role } from '../principal.js';
import { KeyIssued } from './key-events.js';
import { type KeysState } from './keys.js';

@CommandInput(
  'Issues a key to a principal. The secret is made by the server, given to the decision as its hash, and shown once.',
)
export class IssueKey extends Command {
  @Field(() => String, { description: 'Whom the key belongs to, 1-200 characters: a name or id that stays.' })
  @Length(1, 200)
  principal!: string;

  @Field(() => String, { description: 'The name to show for what is recorded with this key, 1-200 characters.' })
  @Length(1, 200)
  label!: string;

  @Field(() => PrincipalKind, { description: 'Whether the principal is a human being or a program.' })
  @IsIn(Object.values(PrincipalKind))
  actorKind!: PrincipalKind;

  @Field(() => [Role], { defaultValue: [], description: 'What the principal may do.' })
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsIn(Object.values(Role), { each: true })
  principalRoles: Role[] = [];
}

/** The key's public id: derived from the command, so that a retry names the same key. */
export const keyIdOf = (newId: string): string => newId.replaceAll('-', '').slice(0, 16);

export const issueKey = slice<KeysState, IssueKey>(IssueKey, (command, _state, context) => {
  const { principal, label, actorKind, principalRoles } = command;
  const secretHash = context.given.secretHash;
  return [
    event(KeyIssued, { keyId: keyIdOf(context.newId()), principal, label, actorKind, principalRoles, secretHash }),
  ];
});
