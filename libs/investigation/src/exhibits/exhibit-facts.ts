import { type Frozen } from '#event-sourcing/slice.js';
import { known, requireParties } from '../known-records.js';
import { type PartiesState } from '../parties/party-state.js';
import { type ExhibitCommand, type ExhibitFacts } from './exhibit-fields.js';
import { type ExhibitsState } from './exhibit-state.js';

/** The facts of a command, everything it names checked. What nothing is said of leaves no field behind. */
export function exhibitFacts(
  command: ExhibitCommand,
  state: Frozen<PartiesState & ExhibitsState>,
): Omit<ExhibitFacts, 'exhibitId'> {
  const { exhibitKind, title, source, collectedAt, collectedBy, custodianId, derivedFrom } = command;
  requireParties(state, [source.assertedBy, ...(source.via ?? []), collectedBy, custodianId]);
  for (const id of derivedFrom) known(state.exhibits, id, 'exhibit');
  return {
    ...{ exhibitKind, title, source, collectedAt, derivedFrom },
    exhibitNumber: command.exhibitNumber ?? undefined,
    description: command.description ?? undefined,
    collectedBy: collectedBy ?? undefined,
    custodianId: custodianId ?? undefined,
    location: command.location ?? undefined,
    mediaType: command.mediaType ?? undefined,
    sizeBytes: command.sizeBytes ?? undefined,
    sha256: command.sha256?.toLowerCase(),
  };
}
