import { Field, ID, ObjectType } from '@nestjs/graphql';
import { formatKey, newSecret } from '#access/keys/key-text.js';
import { issueKey } from '#access/keys/issue-key.js';
import { keysAggregate } from '#access/keys/keys.js';
import { revokeKey } from '#access/keys/revoke-key.js';
import { sha256 } from '#event-sourcing/hash.js';
import { CommandAnswer, commandAnswer } from './command-answer.js';
import { mutation, type MutationParts } from './mutation.js';

@ObjectType('Key', { description: 'A key as it may be shown: without its secret.' })
export class IssuedKey {
  @Field(() => ID, { description: 'The public half of the key, 16 hex characters.' })
  id!: string;

  @Field(() => String, { description: 'Whom it belongs to.' })
  principal!: string;

  @Field(() => String, { description: 'The name shown for what is recorded with it.' })
  label!: string;
}

@ObjectType({ description: 'The key that was issued.' })
export class IssueKeyAnswer extends CommandAnswer {
  @Field(() => IssuedKey, { description: 'The key without its secret.' })
  key!: IssuedKey;

  @Field(() => String, {
    nullable: true,
    description: 'The whole key, `clk_<id>_<secret>`: shown this once. Null when the command is sent again.',
  })
  secret!: string | null;
}

@ObjectType({ description: 'That the key was revoked.' })
export class RevokeKeyAnswer extends CommandAnswer {}

/** Issuing and revoking keys, by administrators. What was issued or revoked holds from the answer on. */
export const keyMutations: readonly MutationParts[] = [
  mutation({
    slice: issueKey,
    aggregate: keysAggregate,
    scope: 'OPERATIONS',
    result: IssueKeyAnswer,
    prepare: () => {
      const secret = newSecret();
      return { secret, secretHash: sha256(secret) };
    },
    answer: async (result, { context, given }) => {
      await context.keys.reached(result.revision);
      const { id, principal, label } = context.keys.issuedAt(result.revision);
      const secret = result.repeated ? null : formatKey({ id, secret: given.secret });
      return { ...commandAnswer(result, 'NOT_READ'), key: { id, principal, label }, secret };
    },
  }),
  mutation({
    slice: revokeKey,
    aggregate: keysAggregate,
    scope: 'OPERATIONS',
    result: RevokeKeyAnswer,
    answer: async (result, { context }) => {
      await context.keys.reached(result.revision);
      return commandAnswer(result, 'NOT_READ');
    },
  }),
];
