import { subjectIdOf } from '#event-sourcing/stream-name.js';
import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { assignmentHandlers } from '../assignments/assignment-read-model.js';
import { foldText, fuzzyColumns, given, listColumn, textColumn } from '../columns.js';
import { CaseRestricted } from '../members/restrict-case.js';
import { CaseUnrestricted } from '../members/unrestrict-case.js';
import { triageHandlers } from '../triage/triage-read-model.js';
import { CaseAmended } from './amend-case.js';
import { numberOrder } from './case-number.js';
import { CaseClosed } from './close-case.js';
import { CaseOpened } from './open-case.js';
import { CaseReopened } from './reopen-case.js';

/** A time a case was open: both ends as stated, else as recorded. */
export interface OpenPeriod {
  from: string;
  to: string | null;
}

const statedOr = (occurredAt: string, recordedAt: string): string =>
  occurredAt === 'NOT_STATED' ? recordedAt : occurredAt;

/** One wide row per case. */
export const caseModel = readModel({
  name: 'cases',
  level: 'subject',
  columns: {
    number: textColumn('number'),
    numberOrder: { type: 'text', of: (row) => numberOrder(row.number as string) },
    title: { type: 'text', of: (row) => foldText(row.title as string) },
    kind: textColumn('kind'),
    status: textColumn('status'),
    resolution: textColumn('resolution'),
    recordedAt: textColumn('recordedAt'),
    ...fuzzyColumns('occurredAt'),
    severity: textColumn('severity'),
    priority: textColumn('priority'),
    lead: textColumn('lead'),
    tags: listColumn('tags', foldText),
    assignees: listColumn('assignees'),
  },
  indexes: [['number']],
  handlers: [
    on(CaseOpened, ({ number, title, kind, description, occurredAt, restricted, ...rest }, { stream, recordedAt }) => [
      create(subjectIdOf(stream), {
        number,
        title,
        kind,
        description,
        restricted: restricted ?? false,
        status: 'OPEN',
        resolution: null,
        resolutionReason: null,
        occurredAt: parseFuzzyTime(occurredAt),
        openPeriods: [{ from: statedOr(occurredAt, recordedAt), to: null }] satisfies OpenPeriod[],
        severity: rest.severity ?? null,
        priority: rest.priority ?? null,
        tags: rest.tags ?? [],
        lead: null,
        assignees: [],
      }),
    ]),
    ...triageHandlers,
    ...assignmentHandlers,
    on(CaseAmended, ({ title, kind, description }, { stream }) => [
      change(subjectIdOf(stream), given({ title, kind, description })),
    ]),
    on(CaseRestricted, (_event, { stream }) => [change(subjectIdOf(stream), { restricted: true })]),
    on(CaseUnrestricted, (_event, { stream }) => [change(subjectIdOf(stream), { restricted: false })]),
    on(CaseClosed, ({ resolution, reason, occurredAt }, { stream, recordedAt }, current) => {
      const id = subjectIdOf(stream);
      const periods = periodsOf(current(id));
      const last = periods.at(-1)!;
      const openPeriods = [...periods.slice(0, -1), { from: last.from, to: statedOr(occurredAt, recordedAt) }];
      return [change(id, { status: 'CLOSED', resolution, resolutionReason: reason ?? null, openPeriods })];
    }),
    on(CaseReopened, ({ occurredAt }, { stream, recordedAt }, current) => {
      const id = subjectIdOf(stream);
      const openPeriods = [...periodsOf(current(id)), { from: statedOr(occurredAt, recordedAt), to: null }];
      return [change(id, { status: 'OPEN', resolution: null, resolutionReason: null, openPeriods })];
    }),
  ],
});

const periodsOf = (row: Row | undefined): OpenPeriod[] => row!.openPeriods as OpenPeriod[];
