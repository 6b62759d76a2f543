import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { storedEvent } from './stored-event.js';

describe('an event that others have put into a stream of ours', () => {
  it.each([
    ['', '{}'],
    ['null', '{}'],
    ['not JSON', '{}'],
    ['{"b":"1","a":"2"}', '{"a":"2","b":"1"}'],
    ['{"b":"\\ud800","a":"2"}', '{"b":"\\ud800","a":"2"}'],
    ['{"hash":5,"commandId":7,"schemaVersion":"x"}', '{"commandId":7,"hash":5,"schemaVersion":"x"}'],
    ['[1]', '{"0":1}'],
    [`{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, `{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
  ])('is handed out whatever its metadata are (%s)', (stored, metadata) => {
    const event = new streamsPb.ReadResp.ReadEvent.RecordedEvent()
      .setId(new sharedPb.UUID().setString('00000000-0000-4000-8000-000000000001'))
      .setStreamRevision('3')
      .setCommitPosition('700')
      .setPreparePosition('700')
      .setData(Buffer.from('null'))
      .setCustomMetadata(Buffer.from(stored));
    event.getMetadataMap().set('type', 'SomethingElse');
    const told = { type: 'SomethingElse', payload: 'null', metadata, hash: '', commandId: null, schemaVersion: 1 };
    expect(storedEvent(event, 'case-1', 7)).toMatchObject(told);
  });
});
