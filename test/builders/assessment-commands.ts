import { AssessAttribution } from '#investigation/attributions/assess-attribution.js';
import { CorrectAttribution } from '#investigation/attributions/correct-attribution.js';
import { ReviseAssessment } from '#investigation/assessments/revise-assessment.js';
import { WeighEvidence } from '#investigation/assessments/weigh-evidence.js';
import { AssessIdentity } from '#investigation/identities/assess-identity.js';
import { CorrectIdentity } from '#investigation/identities/correct-identity.js';
import { CorrectTechnique } from '#investigation/techniques/correct-technique.js';
import { DoubtTechnique } from '#investigation/techniques/doubt-technique.js';
import { EstablishTechnique } from '#investigation/techniques/establish-technique.js';
import { SuspectTechnique } from '#investigation/techniques/suspect-technique.js';
import { builder } from './command-builder.js';
import { observation, partner, provider, subject, attribution, identity, rivalAttribution, technique } from './ids.js';
import { Dissent } from '#investigation/assessments/dissent.js';
import { text } from './values.js';

/** An assessment with every field it has. */
const assessedMore = {
  likelihood: 'LIKELY' as const,
  confidence: 'LOW' as const,
  assessedBy: partner,
  assessedVia: [provider],
  assessmentBasis: text('The accounts were opened on one day.'),
  dissent: [Object.assign(new Dissent(), { partyId: subject, text: text('A coincidence.') })],
  assessedAt: '2025-02',
};
const attributed = { subjectId: subject, attributionKind: 'LINKED_TO' as const, toPartyId: partner };
const attributedMore = {
  stateResponsibility: 'IGNORED' as const,
  description: text('The subject is one of theirs.'),
  competesWith: [rivalAttribution],
};
const used = { framework: 'ATLAS' as const, mitreId: 'AML.T0024.002' };
const usedMore = {
  frameworkVersion: '5.7',
  techniqueName: 'Extract AI Model',
  tacticId: 'AML.TA0010',
  description: text('Prompts and answers were collected.'),
  subjects: [subject],
  about: [partner],
};

/** What is held of parties and of how they did it. */
export const assessmentCommands = {
  assessIdentity: builder(
    AssessIdentity,
    { samePartyIds: [subject, partner] },
    { ...assessedMore, identityId: identity },
  ),
  correctIdentity: builder(
    CorrectIdentity,
    { identityId: identity, samePartyIds: [subject, provider], reason: 'The wrong one was named.' },
    assessedMore,
  ),
  assessAttribution: builder(AssessAttribution, attributed, {
    ...attributedMore,
    ...assessedMore,
    attributionId: attribution,
  }),
  correctAttribution: builder(
    CorrectAttribution,
    { attributionId: attribution, ...attributed, attributionKind: 'ACTS_FOR', reason: 'Misread.' },
    { ...attributedMore, ...assessedMore },
  ),
  reviseAssessment: builder(
    ReviseAssessment,
    { recordId: attribution, likelihood: 'UNLIKELY', reason: 'The dates do not fit.' },
    { ...assessedMore, likelihood: 'VERY_LIKELY' },
  ),
  weighEvidence: builder(
    WeighEvidence,
    { recordId: attribution, evidenceId: observation, bearing: 'FOR' },
    { remark: text('The times fit.') },
  ),
  suspectTechnique: builder(SuspectTechnique, used, { ...usedMore, ...assessedMore, techniqueId: technique }),
  correctTechnique: builder(
    CorrectTechnique,
    { techniqueId: technique, ...used, mitreId: 'AML.T0040', reason: 'Misread.' },
    { ...usedMore, ...assessedMore },
  ),
  establishTechnique: builder(
    EstablishTechnique,
    { techniqueId: technique },
    { ...assessedMore, reason: 'The prompts were found.' },
  ),
  doubtTechnique: builder(
    DoubtTechnique,
    { techniqueId: technique, reason: 'The prompts were of a test.' },
    assessedMore,
  ),
};
