import { AcknowledgeDisclosure } from '#investigation/disclosures/acknowledge-disclosure.js';
import { CorrectDisclosure } from '#investigation/disclosures/correct-disclosure.js';
import { RecordDisclosure } from '#investigation/disclosures/record-disclosure.js';
import { CorrectFinding } from '#investigation/findings/correct-finding.js';
import { RecordFinding } from '#investigation/findings/record-finding.js';
import { CorrectKnowledge } from '#investigation/knowledge/correct-knowledge.js';
import { RecordKnowledge } from '#investigation/knowledge/record-knowledge.js';
import { CorrectLink } from '#investigation/links/correct-link.js';
import { LinkRecords } from '#investigation/links/link-records.js';
import { AssignQuestion } from '#investigation/questions/assign-question.js';
import { CloseQuestion } from '#investigation/questions/close-question.js';
import { CorrectQuestion } from '#investigation/questions/correct-question.js';
import { RaiseQuestion } from '#investigation/questions/raise-question.js';
import { ReopenQuestion } from '#investigation/questions/reopen-question.js';
import { builder } from './command-builder.js';
import { disclosure, finding, knowledge, link, partner, provider, question, subject } from './ids.js';
import { grantee, source, text } from './values.js';

const asked = { text: text('Who acted?') };
const askedMore = { askedBy: partner, about: [subject] };
const found = { text: text('The partner did not.') };
const foundMore = {
  ...{ answers: [question], support: [partner], against: [provider] },
  ...{ likelihood: 'LIKELY' as const, confidence: 'LOW' as const, assessedBy: partner },
};
const linked = { fromRecordId: partner, linkKind: 'CORROBORATES' as const, toRecordId: provider };
const linkedMore = { assessedBy: subject, remark: text('In what was seen.') };
const knew = { about: [partner], source: source(partner) };
const knewMore = { knownTo: provider, learnedAt: '2025-01', channel: 'PHONE' as const, remark: text('By a call.') };
const told = { audience: 'PARTNER' as const, toPartyId: partner, disclosed: [{ recordId: subject, revision: 3 }] };
const toldMore = {
  ...{ fromPartyId: provider, underRecordId: provider, agreement: 'NDA of 2024', disclosedTlp: 'AMBER' as const },
  ...{ disclosedPap: 'GREEN' as const, channel: 'EMAIL' as const, reportedAt: '2025-03-11' },
  ...{ acknowledgementDue: '2025-03-14', description: text('For your eyes.') },
};

/** Questions, findings, links, who knew and who was told. */
export const questionCommands = {
  raiseQuestion: builder(RaiseQuestion, asked, {
    ...{ ...askedMore, workedOnBy: [grantee('ann'), grantee('legal', 'GROUP')], questionId: question },
  }),
  correctQuestion: builder(
    CorrectQuestion,
    { questionId: question, text: text('Who acted, and for whom?'), reason: 'Too narrow.' },
    askedMore,
  ),
  assignQuestion: builder(AssignQuestion, { questionId: question, workedOnBy: [grantee('bob')] }),
  closeQuestion: builder(
    CloseQuestion,
    { questionId: question, questionOutcome: 'ANSWERED' },
    { reason: 'By the finding.' },
  ),
  reopenQuestion: builder(ReopenQuestion, { questionId: question, reason: 'More came.' }),
  recordFinding: builder(RecordFinding, found, { ...foundMore, findingId: finding }),
  correctFinding: builder(
    CorrectFinding,
    { findingId: finding, text: text('The partner did.'), reason: 'Read again.' },
    foundMore,
  ),
  linkRecords: builder(LinkRecords, linked, { ...linkedMore, linkId: link }),
  correctLink: builder(
    CorrectLink,
    { linkId: link, ...linked, linkKind: 'CONTRADICTS', reason: 'Read again.' },
    linkedMore,
  ),
  recordKnowledge: builder(RecordKnowledge, knew, { ...knewMore, knowledgeId: knowledge }),
  correctKnowledge: builder(
    CorrectKnowledge,
    { knowledgeId: knowledge, ...knew, about: [partner, subject], reason: 'They knew more.' },
    knewMore,
  ),
  recordDisclosure: builder(RecordDisclosure, told, { ...toldMore, disclosureId: disclosure }),
  correctDisclosure: builder(
    CorrectDisclosure,
    { disclosureId: disclosure, ...told, audience: 'REGULATOR', reason: 'It was the regulator.' },
    toldMore,
  ),
  acknowledgeDisclosure: builder(
    AcknowledgeDisclosure,
    { disclosureId: disclosure },
    { byPartyId: partner, acknowledgedAt: '2025-03-13', remark: text('Thank you.') },
  ),
};
