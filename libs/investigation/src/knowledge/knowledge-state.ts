import { type CorrectableState } from '../correctable.js';

export interface KnowledgeState {
  knowledge: Map<string, CorrectableState>;
}
