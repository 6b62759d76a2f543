import { refuse } from '#event-sourcing/refusal.js';
import { type Condition } from '#read-models/condition.js';
import { comparable, comparableEnd } from '#read-models/instants.js';
import { foldText, has } from '../columns.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { type CaseFilter, type FuzzyTimeFilter } from './case-filter.js';

/** Filters within a filter, itself included: each becomes a part of a statement that has to be made. */
export const MOST_FILTERS = 200;

/** A filter as the read models understand it: over the columns of the cases. Refuses with LIMIT_EXCEEDED one that is too large. */
export function caseCondition(filter: CaseFilter): Condition {
  if (size(filter) <= MOST_FILTERS) return conditionOf(filter);
  return refuse(
    'LIMIT_EXCEEDED',
    `A filter may hold ${MOST_FILTERS} filters by and, or and not; use \`in\` for many values, or ask more than once.`,
    { limit: 'filters', allowed: MOST_FILTERS },
  );
}

const size = ({ and, or, not }: CaseFilter): number =>
  [...(and ?? []), ...(or ?? []), ...(not ? [not] : [])].reduce((sum, one) => sum + size(one), 1);

function conditionOf(filter: CaseFilter): Condition {
  const { and, or, not, number, title, kind, status, resolution, recordedAt, occurredAt } = filter;
  const all: Condition[] = (and ?? []).map(conditionOf);
  if (or) all.push({ or: or.map(conditionOf) });
  if (not) all.push({ not: conditionOf(not) });
  all.push(
    ...oneOf('number', number),
    ...oneOf('title', folded(title)),
    ...oneOf('kind', kind),
    ...oneOf('status', status),
    ...oneOf('resolution', resolution),
    ...oneOf('severity', filter.severity),
    ...oneOf('priority', filter.priority),
    ...oneOf('lead', filter.lead),
    ...oneOfList('assignees', filter.assignee),
    ...oneOfList('tags', folded(filter.tag)),
  );
  if (recordedAt?.before) all.push({ column: 'recordedAt', op: 'lt', value: comparableEnd(recordedAt.before) });
  if (recordedAt?.after) all.push({ column: 'recordedAt', op: 'gt', value: comparable(recordedAt.after) });
  if (occurredAt) all.push(...within('occurredAt', occurredAt));
  return { and: all };
}

type OneOf = { eq?: string | null; in?: string[] | null } | null | undefined;

const folded = (filter: OneOf): OneOf =>
  filter && { eq: filter.eq && foldText(filter.eq), in: filter.in?.map(foldText) };

/** Of a column that holds a list. */
function oneOfList(column: string, filter: OneOf): Condition[] {
  const conditions: Condition[] = [];
  if (filter?.eq != null) conditions.push(has(column, filter.eq));
  if (filter?.in) conditions.push({ or: filter.in.map((text) => has(column, text)) });
  return conditions;
}

function oneOf(column: string, filter: OneOf): Condition[] {
  const conditions: Condition[] = [];
  // A text of accents alone is nothing once it is folded, and is looked for as that.
  if (filter?.eq != null) conditions.push({ column, op: 'eq', value: filter.eq });
  if (filter?.in) conditions.push({ column, op: 'in', value: filter.in });
  return conditions;
}

/** By the bounds of both times; an open end reaches without limit. */
function within(field: string, { overlaps, before, after }: FuzzyTimeFilter): Condition[] {
  const earliest = `${field}Earliest`;
  const latest = `${field}Latest`;
  const conditions: Condition[] = [{ column: `${field}Stated`, op: 'eq', value: true }];
  const never: Condition = { column: `${field}Stated`, op: 'eq', value: false };
  if (overlaps) {
    const bounds = parseFuzzyTime(overlaps);
    if (overlaps === 'NOT_STATED') conditions.push(never);
    if (bounds.latest)
      conditions.push({
        or: [
          { column: earliest, op: 'isNull', value: true },
          { column: earliest, op: 'lte', value: bounds.latest },
        ],
      });
    if (bounds.earliest)
      conditions.push({
        or: [
          { column: latest, op: 'isNull', value: true },
          { column: latest, op: 'gte', value: bounds.earliest },
        ],
      });
  }
  if (before) {
    const bound = parseFuzzyTime(before).earliest;
    conditions.push(bound ? { column: latest, op: 'lt', value: bound } : never);
  }
  if (after) {
    const bound = parseFuzzyTime(after).latest;
    conditions.push(bound ? { column: earliest, op: 'gt', value: bound } : never);
  }
  return conditions;
}
