import { isOutside, receives } from '#access/cases/allow.js';
import { tlpLabel } from '#access/cases/tlp.js';
import { type Actor } from '#event-sourcing/envelope.js';
import { refuse } from '#event-sourcing/refusal.js';
import { type Context, type Frozen } from '#event-sourcing/slice.js';
import { type CaseState } from '../cases/case-state.js';
import { requireParties } from '../known-records.js';
import { type MarkCommand, type MarkInput, type MarkSet } from './mark.js';
import { isSame, lowers, markOn, type MarkTerms, termsOf } from './mark-state.js';
import { type Originator, originatorName, OURS, readerOf, spokenFor } from './originator.js';

/** What marking a record, or the case, comes to: the facts of its event. */
export function decideMark(command: MarkCommand, id: string, state: Frozen<CaseState>, { actor }: Context): MarkSet {
  const { tlp, pap, recipients, reason } = command;
  requireRecipients(command);
  const originator = spokenWord(command.originator, actor);
  requireParties(state, [originator?.partyId]);
  const terms = termsOf(command);
  const name = originatorName(originator);
  const before = markOn(state, id, name);
  if (before && isSame(terms, before)) refuse('NOTHING_CHANGED', 'It is marked exactly so already.');
  let usedConsentId: string | undefined;
  if (before && lowers(terms, before) && spokenFor(actor) !== name) {
    usedConsentId =
      [...before.consents].find(([, consented]) => isSame(terms, consented))?.[0] ?? consentNeeded(name, before);
  }
  const reader = readerOf(actor);
  if (isOutside(reader) && !receives(reader, { ...terms, originator: name }, state.access)) {
    refuse('LOCKED_OUT', 'You would not receive it any more: mark it so that you do, or name yourself.');
  }
  return {
    ...{ tlp, pap: pap ?? undefined, originator, recipients, usedConsentId },
    reason: reason ?? undefined,
  };
}

function consentNeeded(originator: string, { tlp, recipients }: Frozen<MarkTerms>): never {
  const named = recipients.size > 0 ? ` for ${[...recipients].join(', ')}` : '';
  return refuse(
    'CONSENT_NEEDED',
    `${originator} marked it ${tlpLabel(tlp)}${named}, and has not consented to exactly this lower mark; record its consent first (recordOriginatorConsent).`,
  );
}

/** Refuses with RECIPIENTS_NOT_ALLOWED whom a mark of this level cannot name. */
export function requireRecipients({ tlp, recipients }: Pick<MarkInput, 'tlp' | 'recipients'>): void {
  const allowed = { RED: ['PERSON'], AMBER: ['PERSON', 'ORGANISATION'] }[tlp as string] ?? [];
  if (recipients.every(({ kind }) => allowed.includes(kind))) return;
  const whom = allowed.length > 0 ? `names ${allowed.join(' or ')} only` : 'names no recipients';
  refuse(
    'RECIPIENTS_NOT_ALLOWED',
    `${tlpLabel(tlp)} ${whom}; TLP:RED names people, TLP:AMBER people and organisations.`,
  );
}

/** The originator that an actor may speak for. Refuses with NOT_ORIGINATOR. */
function spokenWord(given: Originator | null | undefined, actor: Actor): Originator | undefined {
  const own = spokenFor(actor);
  if (own === OURS) return given ? asStated(given) : undefined;
  const { organisation } = readerOf(actor);
  if (organisation === null || (given && originatorName(given) !== own)) {
    refuse(
      'NOT_ORIGINATOR',
      'Whoever is of an outside organisation marks in its word alone; leave the originator out.',
    );
  }
  return given ? asStated(given) : { organisation };
}

/** Without what is null: events hold what is there. */
export const asStated = ({ organisation, partyId }: Originator): Originator => ({
  ...(organisation && { organisation }),
  ...(partyId && { partyId }),
});
