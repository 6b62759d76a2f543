import { type Capability } from '../capability.js';
import { correctKnowledge } from './correct-knowledge.js';
import { knowingModel } from './knowing-read-model.js';
import { Knowing } from './knowing.js';
import { knowledgeEvolution } from './knowledge-evolution.js';
import { knowledgeModel } from './knowledge-read-model.js';
import { Knowledge } from './knowledge-record.js';
import { recordKnowledge } from './record-knowledge.js';

export const knowledge: Capability = {
  slices: [recordKnowledge, correctKnowledge],
  evolution: knowledgeEvolution,
  readModel: knowledgeModel,
  records: { type: Knowledge, description: "What is recorded as such of the parties' knowledge, last changed first." },
};

/** What follows from it, and from notifications, disclosures and statements. */
export const knowings: Capability = {
  slices: [],
  evolution: [],
  readModel: knowingModel,
  records: { type: Knowing, description: 'Who knew which records since when, and how, last changed first.' },
};
