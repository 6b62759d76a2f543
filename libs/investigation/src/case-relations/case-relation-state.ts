import { type RecordState } from '../record-state.js';
import { describedEnum } from '../values/described-enum.js';

export const CaseRelationKind = describedEnum('CaseRelationKind', 'What another case is to this one.', {
  RELATED: 'They have to do with each other.',
  PARENT: 'The other case is the larger one, of which this is a part.',
  CHILD: 'The other case is a part of this one.',
});
export type CaseRelationKind = keyof typeof CaseRelationKind;

/** What this case is to the other one. */
export const INVERSE: Readonly<Record<CaseRelationKind, CaseRelationKind>> = {
  RELATED: 'RELATED',
  PARENT: 'CHILD',
  CHILD: 'PARENT',
};

export interface CaseRelationState extends RecordState {
  otherCaseId: string;
  caseRelationKind: CaseRelationKind;
}

export interface CaseRelationsState {
  caseRelations: Map<string, CaseRelationState>;
}
