import { randomUUID } from 'node:crypto';
import { Service } from './service.js';

/** What a case tells of its relations to others. */
export const RELATIONS =
  'caseRelations { nodes { id status caseRelationKind otherCaseId recordedIn reason otherCase { title } } }';

/** A service in which Ines records several cases, and Rosa sees what is open to all. */
export class CasesOfInes {
  /** The place of the last command's event. */
  head = 0;

  private constructor(
    readonly service: Service,
    readonly ines: string,
    readonly rosa: string,
  ) {}

  static async start(): Promise<CasesOfInes> {
    const service = await Service.start();
    return new CasesOfInes(service, await service.keyFor('ines'), await service.keyFor('rosa'));
  }

  /** A case of Ines', open to all unless said otherwise; its id. */
  async opened(title: string, over: object = {}): Promise<string> {
    const caseId = randomUUID();
    await this.done('openCase', { caseId, title, kind: 'CASE', ...over });
    return caseId;
  }

  async read(id: string, fields: string, key = this.ines, asOf?: object): Promise<any> {
    const query = `query ($id: ID!, $asOf: AsOf) { case(id: $id, asOf: $asOf) { ${fields} } }`;
    const { data, errors } = await this.service.ask(query, { id, asOf }, key);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.case;
  }

  async done(name: string, input: object): Promise<void> {
    this.head = (await this.service.done(name, input, this.ines)).sequence;
  }

  stop(): Promise<void> {
    return this.service.stop();
  }
}
