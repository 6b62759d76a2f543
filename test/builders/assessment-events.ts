import { type DecidedEvent, event } from '#event-sourcing/event.js';
import { AttributionAssessed } from '#investigation/attributions/assess-attribution.js';
import { IdentityAssessed } from '#investigation/identities/assess-identity.js';
import { TechniqueEstablished } from '#investigation/techniques/establish-technique.js';
import { TechniqueSuspected } from '#investigation/techniques/suspect-technique.js';
import { partner, provider, subject, attribution, identity, rivalAttribution, technique } from './ids.js';

const assessment = { assessedVia: [], dissent: [], assessedAt: 'NOT_STATED' };

export const identityAssessed = (over: Partial<IdentityAssessed> = {}): DecidedEvent =>
  event(IdentityAssessed, { identityId: identity, samePartyIds: [subject, partner], ...assessment, ...over });

export const attributionAssessed = (over: Partial<AttributionAssessed> = {}): DecidedEvent =>
  event(AttributionAssessed, {
    ...{ attributionId: attribution, subjectId: subject, attributionKind: 'LINKED_TO', toPartyId: partner },
    ...{ competesWith: [], ...assessment },
    ...over,
  });

/** What competes with it. */
export const rivalAssessed = (over: Partial<AttributionAssessed> = {}): DecidedEvent =>
  attributionAssessed({ attributionId: rivalAttribution, toPartyId: provider, ...over });

export const techniqueSuspected = (over: Partial<TechniqueSuspected> = {}): DecidedEvent =>
  event(TechniqueSuspected, {
    ...{ techniqueId: technique, framework: 'ATLAS', mitreId: 'AML.T0024.002', frameworkVersion: '5.6' },
    ...{ techniqueName: 'Exfiltration via AI Inference API: Extract AI Model', subjects: [], about: [] },
    ...assessment,
    ...over,
  });

export const techniqueEstablished = (over: Partial<TechniqueEstablished> = {}): DecidedEvent =>
  event(TechniqueEstablished, { techniqueId: technique, ...assessment, ...over });
