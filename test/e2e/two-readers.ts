import { randomUUID } from 'node:crypto';
import { Service } from './service.js';

/** Ines and Bob, who both see a case that she opened and in which she records. */
export class TwoReaders {
  readonly caseId = randomUUID();

  private constructor(
    readonly service: Service,
    readonly ines: string,
    readonly bob: string,
  ) {}

  /** Starts a service of their own; in the case there are organisations with these ids. */
  static async start(parties: readonly string[]): Promise<TwoReaders> {
    const service = await Service.start();
    const [ines, bob] = [await service.keyFor('ines'), await service.keyFor('bob')];
    const readers = new TwoReaders(service, ines, bob);
    await readers.record('openCase', { title: 'A case', kind: 'CASE' });
    for (const partyId of parties) await readers.record('addParty', { partyId, partyKind: 'ORGANISATION' });
    return readers;
  }

  async record(name: string, input: object): Promise<void> {
    await this.service.done(name, { caseId: this.caseId, ...input }, this.ines);
  }

  /** From now on Bob does not see this record. */
  hide(recordId: string): Promise<void> {
    return this.record('limitRecord', { recordId, named: [{ kind: 'PERSON', id: 'ines' }] });
  }

  /** What is answered for a query without errors. */
  async asked(query: string, variables: object, key: string): Promise<any> {
    const { data, errors } = await this.service.ask(query, variables, key);
    expect(errors).toBeUndefined();
    return data;
  }
}
