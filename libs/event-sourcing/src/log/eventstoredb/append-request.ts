import { randomUUID } from 'node:crypto';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import { type ExpectedRevision, type NewEvent } from '../event-log.js';
import { identifier } from './protocol.js';
import { metadataWithHash } from './stored-event.js';

const { Options, ProposedMessage } = streamsPb.BatchAppendReq;

/** An append as the server takes it, under a correlation id of its own for each time it is sent. */
export class AppendRequest {
  private readonly messages: streamsPb.BatchAppendReq.ProposedMessage[];

  constructor(
    private readonly name: string,
    events: readonly NewEvent[],
    private readonly expected: ExpectedRevision,
  ) {
    this.messages = events.map((event) => {
      const message = new ProposedMessage().setId(new sharedPb.UUID().setString(event.id));
      message.getMetadataMap().set('type', event.type).set('content-type', 'application/json');
      return message.setData(Buffer.from(event.payload)).setCustomMetadata(Buffer.from(metadataWithHash(event)));
    });
  }

  /** As servers count that count most: data, metadata, and the types in two bytes a character. */
  get bytes(): number {
    return this.messages.reduce((sum, message) => {
      const [data, metadata] = [message.getData_asU8(), message.getCustomMetadata_asU8()];
      return sum + data.length + metadata.length + 2 * message.getMetadataMap().get('type')!.length;
    }, 0);
  }

  /** Without a deadline, which is a moment of the server's clock: the server has one of its own. */
  build(): { id: string; request: streamsPb.BatchAppendReq } {
    const id = randomUUID();
    const options = new Options().setStreamIdentifier(identifier(this.name));
    if (this.expected === 'none') options.setNoStream(new emptyPb.Empty());
    else if (this.expected === 'any') options.setAny(new emptyPb.Empty());
    else options.setStreamPosition(String(this.expected));
    const request = new streamsPb.BatchAppendReq().setCorrelationId(new sharedPb.UUID().setString(id));
    return { id, request: request.setOptions(options).setProposedMessagesList(this.messages).setIsFinal(true) };
  }
}
