import { getMetadataStorage, IsInt, Length, ValidateNested, validateSync } from 'class-validator';
import { rememberValidators } from './remember-validators.js';

class Named {
  @Length(1, 3)
  name = '';
}
class Aged extends Named {
  @IsInt()
  age: unknown = 1;
}
class Holder {
  @ValidateNested()
  held: object = new Aged();
}

describe('rememberValidators', () => {
  const storage = getMetadataStorage();
  let looked: number;
  beforeAll(() => {
    const find = storage.getTargetValidationMetadatas.bind(storage);
    storage.getTargetValidationMetadatas = (...args) => {
      looked++;
      return find(...args);
    };
    rememberValidators();
  });
  beforeEach(() => (looked = 0));

  const wrong = (value: object, options = {}) => validateSync(value, options).map(({ property }) => property);

  it('looks for those of a class once, inherited ones too, and finds the same each time', () => {
    for (let n = 0; n < 3; n++) {
      expect(wrong(Object.assign(new Aged(), { age: 'one' })).sort()).toEqual(['age', 'name']);
      expect(wrong(Object.assign(new Aged(), { name: 'Ada' }))).toEqual([]);
      expect(wrong(new Named())).toEqual(['name']);
    }
    expect(looked).toBe(2);
  });

  it('looks for those of a class once that objects of another hold', () => {
    for (let n = 0; n < 3; n++) expect(wrong(new Holder())).toEqual(['held']);
    expect(looked).toBe(2);
  });

  it('looks each time where groups are asked for', () => {
    for (let n = 0; n < 2; n++) expect(wrong(new Named(), { groups: ['a'] })).toEqual([]);
    expect(looked).toBe(2);
  });
});
