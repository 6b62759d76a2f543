import 'reflect-metadata';
import { CommandHandler } from '#event-sourcing/command-handler.js';
import { loadEventSchemas } from '#event-sourcing/schema-files.js';
import { ann } from '../../../../test/builders/actors.js';
import { commands } from '../../../../test/builders/case-commands.js';
import { openCase } from '../../../../test/builders/case-events.js';
import { LOG_ID } from '../../../../test/builders/decide.js';
import { CASE, terms, unknown } from '../../../../test/builders/ids.js';
import { MemoryLog } from '../../../../test/builders/memory-log.js';
import { record } from '../../../../test/builders/record.js';
import { citation, recordedTerms } from '../../../../test/builders/terms.js';
import { caseAggregate } from '../case-aggregate.js';
import { eventRegistry } from '../event-classes.js';
import { suspectViolation } from '../violations/suspect-violation.js';

const registry = eventRegistry(loadEventSchemas());

/** Cites terms in a case, as somebody for whom terms exist or do not. */
async function cite(termsId: string, sees?: () => boolean) {
  const log = await MemoryLog.create(LOG_ID);
  await record(log, `terms-${terms}`, recordedTerms);
  await record(log, `case-${CASE}`, openCase);
  const handler = new CommandHandler({ log, registry, logId: LOG_ID, authorise: () => undefined, sees });
  const command = commands.suspectViolation({ citations: [citation({ termsId })] });
  return handler.execute(caseAggregate, suspectViolation, command, ann);
}

describe('terms that are cited', () => {
  it('are loaded from the log for the decision', async () => {
    expect(await cite(terms)).toMatchObject({ revision: openCase.length });
    expect(await cite(terms, () => true)).toMatchObject({ revision: openCase.length });
  });

  it('are refused to whom they are not for in the words of terms that there are not', async () => {
    const refusalOf = (termsId: string, sees: boolean) =>
      cite(termsId, () => sees).then(
        () => null,
        ({ code, message }: { code: string; message: string }) => ({
          code,
          message: message.replace(termsId, 'these'),
        }),
      );
    const missing = await refusalOf(unknown, true);
    expect(missing).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusalOf(terms, false)).toEqual(missing);
  });
});
