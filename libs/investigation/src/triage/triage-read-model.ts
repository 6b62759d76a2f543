import { change, on, type Row } from '#read-models/read-model.js';
import { subjectIdOf } from '#event-sourcing/stream-name.js';
import { given } from '../columns.js';
import { CaseRated } from './rate-case.js';
import { CaseTagged } from './tag-case.js';
import { CaseUntagged } from './untag-case.js';

const tagsOf = (row: Row | undefined): string[] => row!.tags as string[];

/** How the case's own row follows from them. */
export const triageHandlers = [
  on(CaseRated, ({ severity, priority }, { stream }) => [change(subjectIdOf(stream), given({ severity, priority }))]),
  on(CaseTagged, ({ tags = [] }, { stream }, current) => {
    const id = subjectIdOf(stream);
    return [change(id, { tags: [...tagsOf(current(id)), ...tags] })];
  }),
  on(CaseUntagged, ({ tags = [] }, { stream }, current) => {
    const id = subjectIdOf(stream);
    return [change(id, { tags: tagsOf(current(id)).filter((tag) => !tags.includes(tag)) })];
  }),
];
