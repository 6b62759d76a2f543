import { randomUUID } from 'node:crypto';
import { type Parties, type Send } from './full-case-assessments.js';
import { text } from './responses.js';

/** Records two exhibits, the second with every field and made from the first; answers its id. */
export async function recordExhibits(send: Send, { partyId, partnerId }: Parties): Promise<string> {
  const [wholeId, exhibitId] = [randomUUID(), randomUUID()];
  const whole = {
    ...{ exhibitKind: 'DISK_IMAGE', title: 'Das ganze Protokoll', exhibitNumber: 'E-1', description: text('Alles.') },
    ...{ source: { assertedBy: partnerId, via: [partyId], grade: 'B2' }, collectedAt: '2025-01-24' },
    ...{ collectedBy: partnerId, custodianId: partyId, location: 's3://evidence/e-1.img', mediaType: 'text/csv' },
    ...{ sizeBytes: 2 ** 40, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
  };
  await send('recordExhibit', { exhibitId: wholeId, ...whole, derivedFrom: [] });
  const extract = { ...whole, exhibitKind: 'LOG_EXTRACT', title: 'Anfragen im Dezember', derivedFrom: [wholeId] };
  await send('recordExhibit', { exhibitId, ...extract, exhibitNumber: 'E-2' });
  await send('correctExhibit', { exhibitId, ...extract, exhibitNumber: 'E-1a', reason: 'Renumbered.' });
  return exhibitId;
}
