import { capabilities } from './capabilities.js';
import { recordKinds, rowKind } from './record-kinds.js';

describe('what the rows of a read model are', () => {
  it('has a name wherever they can change', () => {
    const models = capabilities.flatMap(({ readModel }) => (readModel && !readModel.derived ? [readModel.name] : []));
    const named = Object.fromEntries(models.map((name) => [name, rowKind(name)]));
    expect(named).toMatchObject({
      ...Object.fromEntries(recordKinds.map(({ kind, readModel }) => [readModel.name, kind])),
      ...{ cases: 'case', merges: 'case', caseRelations: 'caseRelation', members: 'member', markings: 'marking' },
      // Under the ids of the records that they are about.
      ...{ limits: 'limit', retractions: 'retraction' },
    });
    expect(() => rowKind('others')).toThrow('others');
  });
});
