import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { AddNote } from '#investigation/notes/add-note.js';
import { CaseAnswer } from '#investigation/cases/case-mutations.js';
import { type Case } from '#investigation/cases/case.js';

const id = '2f1d1c1e-7d2f-4c8f-9a44-3a3b7d9c1e10';

const ANSWER: CaseAnswer = {
  events: [{ id, type: 'NoteAdded', sequence: 1_000 }],
  revision: 12,
  sequence: 1_000,
  readModel: 'CURRENT',
  case: { id, number: 'CASE-2025-0001', title: 'An example', status: 'OPEN', revision: 12 } as unknown as Case,
};

/** The ceiling of a mutation: its input is read and validated as ever, its answer is always the same. */
@Resolver()
export class ConstantMutations {
  @Mutation(() => CaseAnswer)
  addNote(@Args('input') _input: AddNote): CaseAnswer {
    return ANSWER;
  }
}
