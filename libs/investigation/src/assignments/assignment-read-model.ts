import { subjectIdOf } from '#event-sourcing/stream-name.js';
import { change, on, type Row } from '#read-models/read-model.js';
import { MemberRemoved } from '../members/remove-member.js';
import { CaseAssigned } from './assign-case.js';
import { CaseLeadAssigned } from './assign-lead.js';
import { CaseLeadRelieved } from './relieve-lead.js';
import { CaseUnassigned } from './unassign-case.js';

const assigneesOf = (row: Row | undefined): string[] => row!.assignees as string[];

/** How the case's own row follows from them. */
export const assignmentHandlers = [
  on(CaseLeadAssigned, ({ lead }, { stream }) => [change(subjectIdOf(stream), { lead })]),
  on(CaseLeadRelieved, (_event, { stream }) => [change(subjectIdOf(stream), { lead: null })]),
  on(CaseAssigned, ({ assignees }, { stream }, current) => {
    const id = subjectIdOf(stream);
    return [change(id, { assignees: [...assigneesOf(current(id)), ...assignees] })];
  }),
  on(CaseUnassigned, ({ assignees }, { stream }, current) => {
    const id = subjectIdOf(stream);
    return [change(id, { assignees: assigneesOf(current(id)).filter((one) => !assignees.includes(one)) })];
  }),
  on(MemberRemoved, ({ grantee }, { stream }, current) => {
    if (grantee.kind !== 'PERSON') return [];
    const id = subjectIdOf(stream);
    const row = current(id)!;
    const leads = row.lead === grantee.id;
    const assignees = assigneesOf(row).filter((one) => one !== grantee.id);
    if (!leads && assignees.length === assigneesOf(row).length) return [];
    return [change(id, { assignees, ...(leads && { lead: null }) })];
  }),
];
