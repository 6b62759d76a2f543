import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GraphqlClient, GraphqlFailure } from '../../apps/cli/src/graphql-client.js';
import { missing, readLog } from './check-log.js';
import { readModelsDiffer } from './check-read-models.js';
import { canMount, smallDisk } from './disks.js';
import { Life } from './life.js';
import { until } from './until.js';

const NOTE =
  'mutation ($input: AddNoteInput!) { addNote(input: $input) { events { id type sequence } revision readModel case { id } } }';

/** Fills a disk to its last block, as something else on it would. */
async function fill(folder: string): Promise<string> {
  const file = join(folder, 'ballast');
  const handle = await open(file, 'w');
  try {
    for (;;) await handle.write(Buffer.alloc(65_536));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    return file;
  } finally {
    await handle.close();
  }
}

/** A disk can be made here only by whoever may mount one. */
const onSmallDisk = canMount ? it : it.skip;

describe('a disk that is full', () => {
  onSmallDisk(
    'is named to whoever writes; when space is freed work goes on, and nothing is lost',
    () =>
      smallDisk(64)(async (folder) => {
        const life = new Life(folder);
        try {
          // Without a floor, the disk is written to its last block.
          await life.start({ DISK_FLOOR_MB: '0' });
          const client = new GraphqlClient(life.server.written.output.match(/http:\/\/[^\s/]+/)![0], life.key);
          const note = (): Record<string, unknown> => ({
            commandId: randomUUID(),
            caseId: life.hotCase,
            text: { text: 'x'.repeat(10_000) },
          });
          const ballast = await fill(folder);
          const refused: { mutation: string; input: { commandId: string } & Record<string, unknown> }[] = [];
          const failure = await until('a write is refused for want of space', async () => {
            const input = note() as { commandId: string } & Record<string, unknown>;
            try {
              await life.sender.send('addNote', input);
              return undefined;
            } catch {
              refused.push({ mutation: 'addNote', input });
              return client.request(NOTE, { input: note() }).then(
                () => undefined,
                (error: unknown) => error as GraphqlFailure,
              );
            }
          });
          expect(failure).toBeInstanceOf(GraphqlFailure);
          expect(failure.code).toBe('UNAVAILABLE');
          expect(failure.message).toMatch(/disk/);
          // Reading goes on.
          const query = '{ cases(first: 1) { nodes { id } } }';
          expect(await client.request(query)).toEqual({ cases: { nodes: [{ id: life.hotCase }] } });

          await rm(ballast);
          await until('the same command is stored once there is space', async () => {
            await life.sendAgain().catch((error: Error) => {
              if (!error.message.includes('UNAVAILABLE')) throw error;
            });
            return life.journal.unacknowledged.length === 0 ? true : undefined;
          });
          await until('the read models are current again', async () => {
            const { addNote } = await client.request<{ addNote: { readModel: string } }>(NOTE, { input: note() });
            return addNote.readModel === 'CURRENT' ? true : undefined;
          });
          expect(refused.length).toBeGreaterThan(0);
          expect(await life.server.stop()).toMatchObject({ code: 0 });
          const content = await readLog(folder);
          expect(missing(content, life.journal)).toEqual([]);
          expect(await readModelsDiffer(folder)).toBeNull();
        } finally {
          await life.end();
        }
      }),
    180_000,
  );
});
