/** Records terms by every command on terms there is, with every field of each: version 2024-11 has a clause 4.2. */
export async function recordFullTerms(
  send: (name: string, input: object) => Promise<void>,
  termsId: string,
): Promise<void> {
  const text = (words: string) => ({
    text: words,
    language: 'de',
    translation: { text: `${words} (translated)`, language: 'en', by: 'the desk' },
  });
  // No part of the case's undertaking: they stand outside all cases.
  const correlationId = 'terms';
  const terms = {
    correlationId,
    ...{ termsId, title: 'Terms of Use', termsKind: 'TERMS_OF_USE', issuer: 'Halden Models' },
    ...{ products: ['Completion API'], description: text('Für alle.'), url: 'https://example.org/terms' },
  };
  const clause = {
    ...{ clause: '4.2', heading: 'Restrictions', clauseKind: 'USE_RESTRICTION' },
    text: text('Keine Konkurrenzmodelle.'),
  };
  const version = {
    correlationId,
    ...{ termsId, version: '2024-11', effectiveFrom: '2024-11-01', effectiveUntil: '2025-12', clauses: [clause] },
  };
  await send('recordTerms', terms);
  await send('correctTerms', { ...terms, issuer: 'Halden', reason: 'Shorter.' });
  await send('addTermsVersion', version);
  await send('correctTermsVersion', { ...version, effectiveFrom: '2024-01', reason: 'It came earlier.' });
}
