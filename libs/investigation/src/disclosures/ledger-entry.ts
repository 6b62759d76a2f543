import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Json, Sequence } from '#api/scalars.js';
import { AnyRecord } from '../record-kinds.js';
import { Disclosure } from './disclosure.js';

@ObjectType({ description: 'A field in which what somebody was told differs from what we knew.' })
export class ToldDifference {
  @Field(() => String, { description: 'The field.' })
  field!: string;

  @Field(() => Json, { nullable: true, description: 'What it said as it was told; null: nothing.' })
  told!: unknown;

  @Field(() => Json, {
    nullable: true,
    description: 'What it said in our record at the moment compared with; null: nothing.',
  })
  known!: unknown;
}

@ObjectType({ description: 'A record that was told, beside what we knew of it.' })
export class ToldRecord {
  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => String, { nullable: true, description: 'What kind of record it is; null: you may not see it.' })
  recordKind!: string | null;

  @Field(() => Int, { description: 'The revision of the case at which it stood as it was told.' })
  revision!: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'The revision of its last change by the moment compared with; null: it did not stand in our record then, as far as you may see.',
  })
  knownRevision!: number | null;

  @Field(() => AnyRecord, { nullable: true, description: 'The record as it was told; null: you may not see it.' })
  record!: object | null;

  @Field(() => [ToldDifference], {
    description:
      'In what that differs from what we knew: in all that it says, where it was first recorded later; empty: in nothing, or, where knownRevision is null, in what you may not see.',
  })
  differences!: ToldDifference[];
}

@ObjectType({ description: 'A record that stood in our record and that they had not been told of.' })
export class UntoldRecord {
  @Field(() => ID, { description: 'The record.' })
  recordId!: string;

  @Field(() => String, { description: 'What kind of record it is.' })
  recordKind!: string;

  @Field(() => Int, { description: 'The revision of its last change by then.' })
  knownRevision!: number;
}

@ObjectType({
  description: 'What somebody was told by a disclosure, and how that differs from what we knew at that moment.',
})
export class LedgerEntry {
  @Field(() => Disclosure, { description: 'The disclosure: to whom, when, and under which agreement.' })
  disclosure!: object;

  @Field(() => Sequence, { description: 'The moment compared with: our record after the event of this sequence.' })
  comparedAt!: number;

  @Field(() => [ToldRecord], { description: 'What was told, record by record.' })
  told!: ToldRecord[];

  @Field(() => [UntoldRecord], {
    description:
      'What stood in our record at that moment, and they had been told of neither by this nor by any other disclosure or notification, of which a publication tells the public alone. Empty where you may not see whom it was disclosed to.',
  })
  untold!: UntoldRecord[];

  @Field(() => Boolean, {
    description: 'Whether it was to be acknowledged by now, or by the moment read at, and is not.',
  })
  isOverdue!: boolean;
}
