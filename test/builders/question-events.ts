import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { DisclosureRecorded } from '#investigation/disclosures/record-disclosure.js';
import { FindingRecorded } from '#investigation/findings/record-finding.js';
import { KnowledgeRecorded } from '#investigation/knowledge/record-knowledge.js';
import { RecordsLinked } from '#investigation/links/link-records.js';
import { QuestionClosed } from '#investigation/questions/close-question.js';
import { QuestionRaised } from '#investigation/questions/raise-question.js';
import { disclosure, finding, knowledge, link, partner, provider, question, subject } from './ids.js';
import { source, text } from './values.js';

export const questionRaised = (over: Partial<QuestionRaised> = {}): DecidedEvent =>
  event(QuestionRaised, { questionId: question, text: text('Who acted?'), about: [], workedOnBy: [], ...over });

export const questionClosed = (): DecidedEvent =>
  event(QuestionClosed, { questionId: question, questionOutcome: 'DROPPED' });

export const findingRecorded = (over: Partial<FindingRecorded> = {}): DecidedEvent =>
  event(FindingRecorded, {
    ...{ findingId: finding, text: text('The partner did not.'), answers: [], support: [], against: [] },
    ...over,
  });

export const recordsLinked = (over: Partial<RecordsLinked> = {}): DecidedEvent =>
  event(RecordsLinked, {
    ...{ linkId: link, fromRecordId: partner, linkKind: 'CORROBORATES', toRecordId: provider },
    ...over,
  });

export const knowledgeRecorded = (over: Partial<KnowledgeRecorded> = {}): DecidedEvent =>
  event(KnowledgeRecorded, {
    ...{ knowledgeId: knowledge, about: [partner], learnedAt: 'NOT_STATED', channel: 'NOT_STATED' },
    ...{ source: source(partner), ...over },
  });

export const disclosureRecorded = (over: Partial<DisclosureRecorded> = {}): DecidedEvent =>
  event(DisclosureRecorded, {
    ...{ disclosureId: disclosure, audience: 'PARTNER', toPartyId: partner },
    ...{ disclosed: [{ recordId: subject, revision: 3 }], channel: 'NOT_STATED', reportedAt: 'NOT_STATED' },
    ...{ acknowledgementDue: 'NOT_STATED', ...over },
  });
