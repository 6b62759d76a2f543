import { openEnvelope } from '#event-sourcing/envelope.js';
import { streamOf } from '#event-sourcing/stream-name.js';
import { type ReadPoint, type ReadSession } from '#read-models/read-session.js';
import { parseFuzzyTime } from '../values/fuzzy-time.js';
import { termsAggregate } from './terms-aggregate.js';
import { type Terms } from './terms.js';

/** A document of terms as it stood at a moment; null if it was not recorded then. Whether the reader may see it is the caller's to know. */
export async function readTerms(session: ReadSession, id: string, at: ReadPoint): Promise<Terms | null> {
  const state = termsAggregate.initial();
  let recorded: Pick<Terms, 'recordedAt' | 'recordedBy'> | undefined;
  let revision = -1;
  for await (const page of session.stream(streamOf(termsAggregate.category, id), at)) {
    for (const { stored, payload } of page) {
      ({ revision } = stored);
      const { recordedAt, actor } = openEnvelope(stored, stored.sequence ?? 0);
      recorded ??= { recordedAt, recordedBy: { id: actor.id, name: actor.name, kind: actor.kind } };
      const context = { id: stored.id, revision, actor, recordedAt };
      termsAggregate.evolutions.get(stored.type)!(state, payload as never, context);
    }
  }
  const { facts, versions } = state;
  if (!facts || !recorded) return null;
  const { title, termsKind, issuer, products, description, url } = facts;
  return {
    ...{ id, revision, ...recorded, title: title!, termsKind, issuer, products, description, url },
    versions: [...versions.values()].map(({ version, effectiveFrom, effectiveUntil, clauses }) => ({
      ...{ version: version!, clauses },
      ...{ effectiveFrom: parseFuzzyTime(effectiveFrom), effectiveUntil: parseFuzzyTime(effectiveUntil) },
    })),
  };
}
