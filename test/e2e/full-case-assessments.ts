import { randomUUID } from 'node:crypto';

/** Carries out a command on the case, keeping what was sent. */
export type Send = (name: string, input: object) => Promise<void>;

/** Who is in the case already. */
export interface Parties {
  partyId: string;
  partnerId: string;
}

const text = (words: string) => ({
  text: words,
  language: 'de',
  translation: { text: `${words} (translated)`, language: 'en', by: 'the desk' },
});

/** An assessment with every field it has. */
const assessmentOf = ({ partyId, partnerId }: Parties) => ({
  ...{ likelihood: 'LIKELY', confidence: 'LOW', assessedBy: partnerId, assessedVia: [partyId] },
  ...{ assessmentBasis: text('Am selben Tag eröffnet.'), assessedAt: '2025-02' },
  dissent: [{ partyId, text: text('Ein Zufall.') }],
});

/** Records a technique, with every field; answers its id. */
export async function recordTechnique(send: Send, parties: Parties): Promise<string> {
  const techniqueId = randomUUID();
  const assessment = assessmentOf(parties);
  const technique = {
    ...{ framework: 'ATLAS', mitreId: 'AML.T0024.002', frameworkVersion: '5.6', tacticId: 'AML.TA0010' },
    ...{ techniqueName: 'Exfiltration via AI Inference API: Extract AI Model', description: text('Abgefragt.') },
    ...{ subjects: [parties.partnerId], about: [parties.partyId], ...assessment },
  };
  await send('suspectTechnique', { techniqueId, ...technique });
  await send('establishTechnique', { techniqueId, ...assessment, reason: 'The prompts were found.' });
  await send('doubtTechnique', { techniqueId, ...assessment, reason: 'They were of a test.' });
  await send('correctTechnique', { techniqueId, ...technique, confidence: 'HIGH', reason: 'Misheard.' });
  return techniqueId;
}

/** Records, with every field, how parties stand to each other and what is assessed; answers the ids. */
export async function recordAssessments(send: Send, ids: Parties & { observationId: string }) {
  const { partyId, partnerId, observationId } = ids;
  const assessment = assessmentOf(ids);
  const [partyRelationId, identityId, attributionId, identifierId, rival] = Array.from({ length: 5 }, () =>
    randomUUID(),
  );
  const relation = {
    ...{ fromPartyId: partnerId, partyRelationKind: 'LARGEST_INVESTOR_IN', toPartyId: partyId },
    ...{ qualifier: 'by far', period: '2023/..', source: { assertedBy: partnerId, via: [partyId], grade: 'B2' } },
  };
  await send('recordPartyRelation', { partyRelationId, ...relation });
  await send('correctPartyRelation', { partyRelationId, ...relation, qualifier: 'by some way', reason: 'Misread.' });

  const identified = {
    ...{
      subjectId: partnerId,
      identifierKind: 'DOMAIN',
      identifierValue: 'evil.example',
      identifierIssuer: 'Registry',
    },
    ...{ firstSeenAt: '2024-09', lastSeenAt: '2025-01', source: relation.source },
  };
  await send('recordIdentifier', { identifierId, ...identified });
  await send('correctIdentifier', { identifierId, ...identified, lastSeenAt: '2025-02', reason: 'Seen again.' });

  const same = { samePartyIds: [partyId, partnerId], ...assessment };
  await send('assessIdentity', { identityId, ...same });
  await send('correctIdentity', { identityId, ...same, confidence: 'MODERATE', reason: 'Misheard.' });

  const attribution = {
    ...{ subjectId: partnerId, attributionKind: 'LINKED_TO', toPartyId: partyId, stateResponsibility: 'IGNORED' },
    ...{ description: text('Eine von ihnen.'), ...assessment },
  };
  await send('assessAttribution', { attributionId: rival, ...attribution, competesWith: [] });
  await send('assessAttribution', { attributionId, ...attribution, competesWith: [rival] });
  const corrected = { attributionKind: 'ACTS_FOR', competesWith: [rival], reason: 'Misread.' };
  await send('correctAttribution', { attributionId, ...attribution, ...corrected });
  const reason = 'The dates do not fit.';
  await send('reviseAssessment', { recordId: rival, ...assessment, likelihood: 'UNLIKELY', reason });
  const remark = text('Die Zeiten passen nicht.');
  await send('weighEvidence', { recordId: rival, evidenceId: observationId, bearing: 'AGAINST', remark });
  return { partyRelationId, identifierId, identityId, attributionId };
}
