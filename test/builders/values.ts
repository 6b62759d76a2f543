import { type GranteeKind } from '#access/cases/case-access.js';
import { Provision } from '#investigation/values/provision.js';
import { Quantity } from '#investigation/values/quantity.js';
import { Source } from '#investigation/values/source.js';
import { Text, Translation } from '#investigation/values/text.js';

/** Text without a language. */
export const text = (words: string): Text => Object.assign(new Text(), { text: words });

/** Text with everything that a text can have. */
export const translated = (): Text =>
  Object.assign(text('Große Datenmengen.'), {
    language: 'de',
    translation: Object.assign(new Translation(), { text: 'Large amounts of data.', language: 'en', by: 'the desk' }),
  });

/** What a party says, told by others, outermost first. */
export const source = (assertedBy: string, ...via: string[]): Source =>
  Object.assign(new Source(), { assertedBy, via });

export const quantity = (over: Partial<Quantity>): Quantity => Object.assign(new Quantity(), { of: 'DATA' }, over);

export const provision = (): Provision =>
  Object.assign(new Provision(), { document: 'Terms of Use', version: '2024-06', clause: '2(c)' });

/** Whom access is given to: a person, unless said otherwise. */
export const grantee = (id: string, kind: GranteeKind = 'PERSON') => ({ kind, id });
