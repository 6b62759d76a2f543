import { codeOf } from './code-of.js';
import { Service } from './service.js';

const ACTIONS = ['retry', 'pause', 'resume', 'switch', 'rollback'];

describe('the read stores', () => {
  let service: Service;

  beforeAll(async () => void (service = await Service.start()));
  afterAll(() => service.stop());

  it('are an administrator’s to see and to steer', async () => {
    const key = await service.keyFor('rosa');
    expect(codeOf(await service.ask('{ projections { store } }', {}, key))).toBe('FORBIDDEN');
    for (const action of ACTIONS) {
      const answer = await service.ask(`mutation { ${action}Projection { store } }`, {}, key);
      expect(codeOf(answer)).toBe('FORBIDDEN');
    }
    const auditor = await service.keyFor('aud', ['AUDITOR']);
    const query = '{ accessReads(first: 100) { nodes { kind reader what } } }';
    const told = (await service.ask(query, {}, auditor)).data.accessReads.nodes;
    for (const what of ['projections', ...ACTIONS.map((action) => `${action}Projection`)])
      expect(told).toContainEqual({ kind: 'DENIED', reader: 'rosa', what });
  });

  it('are not exchanged where there is but one', async () => {
    for (const action of ['switch', 'rollback']) {
      const answer = await service.ask(`mutation { ${action}Projection { store } }`, {}, service.adminKey);
      expect(codeOf(answer)).toBe('NO_OTHER_STORE');
    }
  });
});
