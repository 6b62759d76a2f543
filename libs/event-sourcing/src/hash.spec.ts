import fc from 'fast-check';
import { v5, validate, version } from 'uuid';
import { contentHash, sha256, thingId, uuidOf } from './hash.js';

const NAMESPACE = 'c5a51ed9-e4b0-4f0a-9d3e-6f1c2b7a8d90';
const parts = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.nat()), { minLength: 1, maxLength: 5 });

describe('sha256', () => {
  it('is that of the UTF-8 bytes, in lower-case hex', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
  });
});

describe('contentHash', () => {
  it('is over exactly the two stored texts', () => {
    expect(contentHash('{"a":1}', '[]')).toBe(sha256('{"metadata":{"a":1},"payload":[]}'));
    expect(contentHash('{"a": 1}', '[]')).not.toBe(contentHash('{"a":1}', '[]'));
  });
});

describe('uuidOf', () => {
  it('is the UUID v5 of the parts as JSON, in one namespace for all time', () => {
    fc.assert(
      fc.property(parts, (names) => {
        const id = uuidOf(...names);
        expect(id).toBe(v5(JSON.stringify(names), NAMESPACE));
        expect([validate(id), version(id)]).toEqual([true, 5]);
      }),
    );
  });

  it('never changes: known commands would get new ids', () => {
    expect(uuidOf('log', 'case-1', 'ann', 'c1', 'event', 0)).toBe('3f69265c-ab62-5b84-9474-d6743649e62f');
    expect(thingId({ logId: 'log', stream: 'case-1', actorId: 'ann', commandId: 'c1' })).toBe(
      'b6350134-89ab-5b74-a694-c9aebb8c1015',
    );
  });

  it('is another one for other parts, however they run into each other', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        expect(uuidOf(...one)).not.toBe(uuidOf(...other));
      }),
    );
    expect(uuidOf('ann', 'b\nc')).not.toBe(uuidOf('ann\nb', 'c'));
    expect(uuidOf('1')).not.toBe(uuidOf(1));
  });
});

describe('thingId', () => {
  const command = { logId: 'log', stream: 'case-1', actorId: 'ann', commandId: 'c1' };
  it('differs by log, stream, actor, command and ordinal, and from the ids of events', () => {
    const ids = [
      thingId(command),
      thingId(command, 1),
      ...Object.keys(command).map((field) => thingId({ ...command, [field]: 'other' })),
      uuidOf(...Object.values(command), 'event', 0),
    ];
    expect(new Set(ids).size).toBe(7);
    expect(thingId({ ...command }, 0)).toBe(ids[0]);
  });
});
