import { AssignCase } from '#investigation/assignments/assign-case.js';
import { AssignLead } from '#investigation/assignments/assign-lead.js';
import { RelieveLead } from '#investigation/assignments/relieve-lead.js';
import { UnassignCase } from '#investigation/assignments/unassign-case.js';
import { RelateCases } from '#investigation/case-relations/relate-cases.js';
import { AddExternalReference } from '#investigation/references/add-external-reference.js';
import { MergeCase } from '#investigation/merges/merge-case.js';
import { UnmergeCase } from '#investigation/merges/unmerge-case.js';
import { AmendCase } from '#investigation/cases/amend-case.js';
import { CloseCase } from '#investigation/cases/close-case.js';
import { OpenCase } from '#investigation/cases/open-case.js';
import { ReopenCase } from '#investigation/cases/reopen-case.js';
import { AddNote } from '#investigation/notes/add-note.js';
import { AmendNote } from '#investigation/notes/amend-note.js';
import { RetractNote } from '#investigation/notes/retract-note.js';
import { RetractRecord } from '#investigation/retractions/retract-record.js';
import { RateCase } from '#investigation/triage/rate-case.js';
import { TagCase } from '#investigation/triage/tag-case.js';
import { UntagCase } from '#investigation/triage/untag-case.js';
import { builder } from './command-builder.js';
import { CASE, OTHER_CASE, caseRelation, note, partner, reference } from './ids.js';
import { exhibitCommands } from './exhibit-commands.js';
import { claimCommands, impactCommands, productCommands } from './product-commands.js';
import {
  authorityRequestCommands,
  cooperationCommands,
  counselEngagementCommands,
  countermeasureCommands,
  referralCommands,
} from './response-commands.js';
import { reportCommands, statementCommands } from './statement-commands.js';
import { grantee, text, translated } from './values.js';
import { memberCommands, limitCommands } from './access-commands.js';
import { partyCommands } from './party-commands.js';
import { assessmentCommands } from './assessment-commands.js';
import { observationCommands } from './observation-commands.js';
import { violationCommands } from './violation-commands.js';
import { questionCommands } from './question-commands.js';

/** Valid commands, by the name of their mutation. */
export const commands = {
  openCase: builder(
    OpenCase,
    { title: 'Data pulled out of the API', kind: 'SUSPICIOUS_ACTIVITY' },
    {
      description: translated(),
      occurredAt: '2025-01-23',
      caseId: CASE,
      restricted: true,
      members: [{ grantee: grantee('rosa'), rights: ['READ', 'CONTRIBUTE'] }],
      severity: 'MEDIUM',
      priority: 'LOW',
      tags: ['API', 'Élan'],
    },
  ),
  amendCase: builder(
    AmendCase,
    { title: 'Model distillation' },
    { kind: 'CASE', description: text('Suspected distillation.'), reason: 'It grew.' },
  ),
  closeCase: builder(CloseCase, { resolution: 'UNSUBSTANTIATED' }, { reason: 'Nothing found.', occurredAt: '2025-03' }),
  reopenCase: builder(ReopenCase, { reason: 'A new report came in.' }, { occurredAt: '2025-04-01' }),
  rateCase: builder(RateCase, { severity: 'HIGH' }, { priority: 'CRITICAL', reason: 'It goes on.' }),
  tagCase: builder(TagCase, { tags: ['distillation', 'API'] }),
  untagCase: builder(UntagCase, { tags: ['api'] }),
  ...memberCommands,
  assignLead: builder(AssignLead, { lead: 'ann' }, { reason: 'She knows the partner.' }),
  relieveLead: builder(RelieveLead, {}, { reason: 'She is away.' }),
  assignCase: builder(AssignCase, { assignees: ['ann'] }, { reason: 'She reads logs.' }),
  unassignCase: builder(UnassignCase, { assignees: ['ann'] }, { reason: 'All is read.' }),
  relateCases: builder(
    RelateCases,
    { otherCaseId: OTHER_CASE, caseRelationKind: 'PARENT' },
    { reason: 'The same accounts.', caseRelationId: caseRelation },
  ),
  addExternalReference: builder(
    AddExternalReference,
    { system: 'Jira', externalId: 'SEC-12' },
    { url: 'https://jira.example.org/browse/SEC-12', referenceId: reference },
  ),
  mergeCase: builder(MergeCase, { intoCaseId: OTHER_CASE }, { reason: 'It is the same one.' }),
  unmergeCase: builder(UnmergeCase, {}, { reason: 'It is another one.' }),
  ...partyCommands,
  ...assessmentCommands,
  ...exhibitCommands,
  ...observationCommands,
  ...violationCommands,
  addNote: builder(AddNote, { text: text('Ask the partner for dates.') }, { about: [partner], noteId: note }),
  amendNote: builder(AmendNote, { noteId: note, text: text('Ask for exact dates.') }, { reason: 'Clearer.' }),
  retractNote: builder(RetractNote, { noteId: note, reason: 'Done.' }),
  ...limitCommands,
  ...reportCommands,
  ...statementCommands,
  ...productCommands,
  ...claimCommands,
  ...impactCommands,
  ...countermeasureCommands,
  ...referralCommands,
  ...authorityRequestCommands,
  ...cooperationCommands,
  ...counselEngagementCommands,
  retractRecord: builder(RetractRecord, { recordId: note, reason: 'It belongs to another case.' }),
  ...questionCommands,
};

export type CommandName = keyof typeof commands;
