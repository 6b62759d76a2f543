import { hash } from 'node:crypto';
import { foldText } from '../columns.js';

/** A thing in another system: a ticket, a report, a matter. */
export interface ExternalId {
  system: string;
  externalId: string;
}

/** The same text for the same thing: case and accents of the system's name do not count, those of the id do. */
export const externalKey = ({ system, externalId }: ExternalId): string =>
  JSON.stringify([foldText(system), externalId.normalize('NFC')]);

/** What its claims stand under: the stream's name tells nothing of what it is about to who does not know it. */
export const claimedUnder = (id: ExternalId): string => hash('sha256', externalKey(id));
