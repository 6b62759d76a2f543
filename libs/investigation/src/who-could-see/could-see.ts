import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { CaseRight } from '#access/cases/case-access.js';
import { Role } from '#access/principal.js';
import { Instant } from '#api/scalars.js';
import { Grantee } from '../members/grantee.js';
import { describedEnum } from '../values/described-enum.js';

export const AccessCertainty = describedEnum('AccessCertainty', 'How sure it is that somebody could see something.', {
  PROVEN: 'Events of the log show it: a key that was live, and what it was let through by.',
  LAST_SEEN:
    'It rests on the groups that the last token named which had been seen by then. A token that named others was recorded before it opened anything.',
  GRANT_ONLY:
    'The grant is proven, and not who it was to: a group, an organisation, or a person of whom neither a live key nor a token was known. Those known of them stand on lines of their own.',
});
export type AccessCertainty = keyof typeof AccessCertainty;

export const AccessGroundKind = describedEnum('AccessGroundKind', 'What an event shows of why somebody could see.', {
  KEY: 'A key was issued to the principal.',
  TOKEN: 'A token of the principal named these groups.',
  MAPPING: 'A group gave its members roles, or made them people of an organisation.',
  MEMBERSHIP: 'A member of the case had these rights.',
  UNRESTRICTED: 'The case was not restricted.',
  WALL: 'The record was limited or privileged, and this reader was let through.',
  MARK: 'The record or its case was marked (TLP), and this reader of outside was let receive it.',
});
export type AccessGroundKind = keyof typeof AccessGroundKind;

@ObjectType({
  description: 'An event of the log that shows something; `event(id)` answers all of it to those who may.',
})
export class AccessEvidence {
  @Field(() => ID, { description: 'The id of the event.' })
  id!: string;

  @Field(() => String, { description: 'Its type.' })
  type!: string;

  @Field(() => Instant, { description: 'When it was recorded.' })
  recordedAt!: string;
}

@ObjectType({ description: 'Something that had to hold for somebody to see, and the event that shows that it did.' })
export class AccessGround {
  @Field(() => AccessGroundKind, { description: 'What it is.' })
  kind!: AccessGroundKind;

  @Field(() => String, {
    nullable: true,
    description:
      'The id of the key, the principal of the token, the group, the member (GROUP/legal), the kind of the wall or the level of the mark; of a case that was not restricted null.',
  })
  of!: string | null;

  @Field(() => AccessEvidence, { description: 'The event.' })
  event!: AccessEvidence;
}

@ObjectType({ description: 'One way in that somebody had: by one key, by the token seen last, or by a grant.' })
export class AccessWay {
  @Field(() => AccessCertainty, { description: 'How sure it is.' })
  certainty!: AccessCertainty;

  @Field(() => [String], {
    description: 'The rules that let it through, by their names in the policy then; none where that is not known.',
  })
  rules!: string[];

  @Field(() => [CaseRight], { description: 'What it gave in the case; to record takes a role that may, too.' })
  rights!: CaseRight[];

  @Field(() => [Role], { description: 'The roles it came with; of a grant those that the group gave.' })
  roles!: readonly Role[];

  @Field(() => [String], { description: 'The groups that the token named, or the group the grant is to.' })
  groups!: readonly string[];

  @Field(() => String, { nullable: true, description: 'The outside organisation it belonged to; null: one’s own.' })
  organisation!: string | null;

  @Field(() => Instant, {
    nullable: true,
    description:
      'To people of an outside organisation: from when on the case was shared with them; what was recorded before they did not see. Null: all of it.',
  })
  sharedFrom!: string | null;

  @Field(() => String, { nullable: true, description: 'The principal that a program stood in for.' })
  onBehalfOf!: string | null;

  @Field(() => [AccessGround], { description: 'What it rests on: all of these together.' })
  grounds!: AccessGround[];
}

@ObjectType({ description: 'Somebody who could see a case, or a record, at a moment.' })
export class CouldSee {
  @Field(() => ID, { description: 'The kind and the id of who it is, as one: PERSON/ines.' })
  id!: string;

  @Field(() => Grantee, { description: 'Who it is: a principal, or whom a grant is to.' })
  grantee!: Grantee;

  @Field(() => String, { nullable: true, description: 'The name, as the newest key or the token has it.' })
  name!: string | null;

  @Field(() => [CaseRight], { description: 'What it could do in the case by any of its ways.' })
  rights!: CaseRight[];

  @Field(() => AccessCertainty, { description: 'How sure it is: that of its surest way.' })
  certainty!: AccessCertainty;

  @Field(() => Instant, {
    nullable: true,
    description: 'Where it is only as last seen: when that was recorded.',
  })
  lastSeenAt!: string | null;

  @Field(() => [AccessWay], { description: 'Every way in that it had.' })
  ways!: AccessWay[];
}

@ObjectType({ description: 'The access policy that was in force at a moment.' })
export class PolicyInForce {
  @Field(() => Int, { description: 'The number of its table.' })
  version!: number;

  @Field(() => String, { description: 'SHA-256 of the text of its table, as hex.' })
  digest!: string;

  @Field(() => AccessEvidence, { description: 'The event that it was recorded by, which holds the whole table.' })
  event!: AccessEvidence;
}
