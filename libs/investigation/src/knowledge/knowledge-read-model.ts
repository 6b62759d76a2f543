import { change, create, on, readModel, type Row } from '#read-models/read-model.js';
import { onRetracted } from '../correctable.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { KnowledgeCorrected } from './correct-knowledge.js';
import { type KnowledgeFacts } from './knowledge-fields.js';
import { KnowledgeRecorded } from './record-knowledge.js';

/** All fields: what an event does not give is cleared, as a correction replaces it whole. */
const fields = ({ knownTo, about, learnedAt, channel, source, remark }: KnowledgeFacts): Row => ({
  ...{ knownTo: knownTo ?? null, about, learnedAt: parseFuzzyTime(learnedAt) },
  ...{ channel, source, remark: remark ?? null },
});

/** What is recorded of the parties' knowledge; what follows of who knew what is `knowings`. */
export const knowledgeModel = readModel({
  name: 'knowledge',
  level: 'record',
  handlers: [
    on(KnowledgeRecorded, (event) => [create(event.knowledgeId, { ...fields(event), status: 'RECORDED' })]),
    on(KnowledgeCorrected, (event) => [change(event.knowledgeId, { ...fields(event), status: 'CORRECTED' })]),
    onRetracted('knowledge'),
  ],
});
