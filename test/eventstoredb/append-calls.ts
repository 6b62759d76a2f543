import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import {
  Metadata,
  type ServerDuplexStream,
  type ServerReadableStream,
  type sendUnaryData,
  status,
} from '@grpc/grpc-js';
import { type Message } from 'google-protobuf';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import { refusal } from './refusals.js';
import { type Faults } from './faults.js';
import { type Gate } from './gate.js';
import { type NewRecord } from './records.js';
import { type Expected, type Offer, type Outcome, type Storage } from './storage.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What becomes of an append that is not offered to the storage. */
type NotTaken = 'unknown' | 'too large' | 'not handled' | 'denied';

interface Context {
  storage: Storage;
  faults: Faults;
  gate: Gate;
}

/** Many appends over one call, each answered when it is stored. */
export function batchAppend(
  call: ServerDuplexStream<streamsPb.BatchAppendReq, streamsPb.BatchAppendResp>,
  context: Context,
): void {
  const { faults, gate, storage } = context;
  const open = new Map<
    string,
    { options: streamsPb.BatchAppendReq.Options; messages: streamsPb.BatchAppendReq.ProposedMessage[] }
  >();
  let ended = false;
  const answer = (response: streamsPb.BatchAppendResp): void => {
    const send = () => gate.pass(() => void (ended || call.write(response)));
    for (let times = faults.answerTwice ? 2 : 1; times > 0; times--) {
      if (faults.answerMs > 0) setTimeout(send, faults.answerMs);
      else send();
    }
  };
  const take = (request: streamsPb.BatchAppendReq): void => {
    if (ended) return;
    const refused = refusal(faults, { appends: true });
    if (refused) {
      ended = true;
      call.emit('error', refused);
      return;
    }
    const id = request.getCorrelationId()!;
    const correlation = id.getString();
    const part = open.get(correlation) ?? { options: request.getOptions()!, messages: [] };
    part.messages.push(...request.getProposedMessagesList());
    open.set(correlation, part);
    if (!request.getIsFinal()) return;
    open.delete(correlation);
    const stream = textOf(part.options.getStreamIdentifier()!.getStreamName_asU8());
    const respond = (outcome: Outcome | NotTaken) => answer(batchAnswer(id, stream, part.options, outcome, faults));
    if (faults.denied) return respond('denied');
    if (faults.notHandled > 0 && faults.notHandled--) return respond('not handled');
    if (part.messages.some((message) => !UUID.test(idOf(message.getId()!)) || !message.getMetadataMap().get('type'))) {
      respond('unknown');
      // The second answer to one request.
      setTimeout(() => respond('unknown'), 2_000).unref();
      return;
    }
    const offer = offerOf(stream, expectedOf(part.options), part.messages);
    offer.deadline = (part.options.getDeadline()?.toDate().getTime() ?? Infinity) - faults.clockAheadMs;
    if (offer.deadline <= Date.now()) return respond({ kind: 'timeout' });
    if (bytesOf(offer) > faults.appendBytes) return respond('too large');
    if (faults.loseAppends > 0) return void faults.loseAppends--;
    const lost = faults.loseAnswers > 0 && faults.loseAnswers-- > 0;
    storage.offer(offer, (outcome) => void (lost || respond(outcome)));
  };
  call.on('data', (request: streamsPb.BatchAppendReq) => gate.pass(() => take(request)));
  call.on('end', () => {
    ended = true;
    call.end();
  });
  call.on('cancelled', () => (ended = true));
  call.on('error', () => (ended = true));
}

/** One append to a call. */
export function unaryAppend(
  call: ServerReadableStream<streamsPb.AppendReq, streamsPb.AppendResp>,
  callback: sendUnaryData<streamsPb.AppendResp>,
  { storage, faults, gate }: Context,
): void {
  let options: streamsPb.AppendReq.Options | undefined;
  const messages: streamsPb.AppendReq.ProposedMessage[] = [];
  call.on('data', (request: streamsPb.AppendReq) => {
    options ??= request.getOptions();
    const message = request.getProposedMessage();
    if (message) messages.push(message);
  });
  call.on('end', () =>
    gate.pass(() => {
      const refused = refusal(faults, { appends: true });
      if (refused) return callback(refused);
      const stream = textOf(options!.getStreamIdentifier()!.getStreamName_asU8());
      const expected = options!.hasRevision() ? BigInt(options!.getRevision()) : kindOf(options!);
      // Past its deadline it is stored all the same.
      const offer = offerOf(stream, expected, messages);
      if (bytesOf(offer) > faults.appendBytes) {
        return callback(
          failed(status.INVALID_ARGUMENT, 'maximum-append-size-exceeded', {
            'maximum-append-size': String(faults.appendBytes),
          }),
        );
      }
      const lost = faults.loseAnswers > 0 && faults.loseAnswers-- > 0;
      storage.offer(offer, (outcome) => {
        if (lost) return;
        if (outcome.kind === 'deleted')
          return callback(failed(status.FAILED_PRECONDITION, 'stream-deleted', { 'stream-name': stream }));
        if (outcome.kind === 'timeout') return callback({ code: status.ABORTED, details: 'Operation timed out' });
        setTimeout(() => gate.pass(() => callback(null, unaryAnswer(expected, outcome))), faults.answerMs);
      });
    }),
  );
}

function batchAnswer(
  id: sharedPb.UUID,
  stream: string,
  options: streamsPb.BatchAppendReq.Options,
  outcome: Outcome | NotTaken,
  faults: Faults,
): streamsPb.BatchAppendResp {
  const response = new streamsPb.BatchAppendResp();
  response.setCorrelationId(id);
  response.setStreamIdentifier(options.getStreamIdentifier());
  if (options.hasStreamPosition()) response.setStreamPosition(options.getStreamPosition());
  else response.setNoStream(options.getNoStream()).setAny(options.getAny()).setStreamExists(options.getStreamExists());
  if (outcome === 'not handled') {
    const nothing = new anyPb.Any();
    nothing.pack(new sharedPb.Empty().serializeBinary(), 'google.protobuf.Empty');
    return response.setError(new statusPb.Status().setMessage('Server Is Busy').setDetails(nothing));
  }
  if (outcome === 'denied') return response.setError(problem(new sharedPb.AccessDenied(), 'AccessDenied', 7));
  if (outcome === 'unknown') return response.setError(problem(new sharedPb.Unknown(), 'Unknown', 2));
  if (outcome === 'too large') {
    const exceeded = new sharedPb.MaximumAppendSizeExceeded().setMaxappendsize(faults.appendBytes);
    return response.setError(problem(exceeded, 'MaximumAppendSizeExceeded', 3));
  }
  if (outcome.kind === 'timeout') return response.setError(problem(new sharedPb.Timeout(), 'Timeout', 4));
  if (outcome.kind === 'deleted') {
    const deleted = new sharedPb.StreamDeleted().setStreamIdentifier(options.getStreamIdentifier());
    return response.setError(problem(deleted, 'StreamDeleted', 9));
  }
  if (outcome.kind === 'wrong') {
    const wrong = new sharedPb.WrongExpectedVersion();
    if (outcome.current < 0n) wrong.setCurrentNoStream(options.getNoStream() ?? new sharedPb.Empty());
    else wrong.setCurrentStreamRevision(String(outcome.current));
    // Without one of these the client reports "any".
    if (options.hasStreamPosition()) wrong.setExpectedStreamPosition(options.getStreamPosition());
    else
      wrong
        .setExpectedNoStream(options.getNoStream())
        .setExpectedAny(options.getAny())
        .setExpectedStreamExists(options.getStreamExists());
    return response.setError(problem(wrong, 'WrongExpectedVersion', 9));
  }
  const position = new sharedPb.AllStreamPosition();
  position.setCommitPosition(String(outcome.position)).setPreparePosition(String(outcome.position));
  return response.setSuccess(
    new streamsPb.BatchAppendResp.Success().setCurrentRevision(String(outcome.revision)).setPosition(position),
  );
}

function unaryAnswer(
  expected: Expected,
  outcome: Extract<Outcome, { kind: 'stored' | 'wrong' }>,
): streamsPb.AppendResp {
  const response = new streamsPb.AppendResp();
  if (outcome.kind === 'stored') {
    const position = new streamsPb.AppendResp.Position();
    position.setCommitPosition(String(outcome.position)).setPreparePosition(String(outcome.position));
    return response.setSuccess(
      new streamsPb.AppendResp.Success().setCurrentRevision(String(outcome.revision)).setPosition(position),
    );
  }
  const wrong = new streamsPb.AppendResp.WrongExpectedVersion();
  if (outcome.current < 0n) wrong.setCurrentNoStream(new sharedPb.Empty());
  else wrong.setCurrentRevision(String(outcome.current));
  if (typeof expected === 'bigint') wrong.setExpectedRevision(String(expected));
  else if (expected === 'any') wrong.setExpectedAny(new sharedPb.Empty());
  else if (expected === 'no_stream') wrong.setExpectedNoStream(new sharedPb.Empty());
  else wrong.setExpectedStreamExists(new sharedPb.Empty());
  return response.setWrongExpectedVersion(wrong);
}

function problem(details: Message, name: string, code: number): statusPb.Status {
  const any = new anyPb.Any();
  any.pack(details.serializeBinary(), `event_store.client.${name}`);
  return new statusPb.Status().setCode(code).setMessage(name).setDetails(any);
}

function failed(code: status, exception: string, more: Record<string, string>) {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries({ exception, ...more })) metadata.set(name, value);
  return { code, details: exception, metadata };
}

type Proposed = Pick<
  streamsPb.AppendReq.ProposedMessage,
  'getId' | 'getMetadataMap' | 'getData_asU8' | 'getCustomMetadata_asU8'
>;

const offerOf = (stream: string, expected: Expected, messages: readonly Proposed[]): Offer => ({
  stream,
  expected,
  deadline: Infinity,
  records: messages.map((message): NewRecord => ({
    stream,
    id: idOf(message.getId()!).toLowerCase(),
    type: message.getMetadataMap().get('type')!,
    contentType: message.getMetadataMap().get('content-type')!,
    data: Buffer.from(message.getData_asU8()),
    metadata: Buffer.from(message.getCustomMetadata_asU8()),
  })),
});

const bytesOf = ({ records }: Offer): number => records.reduce((sum, { data }) => sum + data.length, 0);

const expectedOf = (options: streamsPb.BatchAppendReq.Options): Expected =>
  options.hasStreamPosition() ? BigInt(options.getStreamPosition()) : kindOf(options);

const kindOf = (options: { hasAny(): boolean; hasNoStream(): boolean }): Expected =>
  options.hasNoStream() ? 'no_stream' : options.hasAny() ? 'any' : 'stream_exists';

function idOf(uuid: sharedPb.UUID): string {
  const structured = uuid.getStructured();
  if (!structured) return uuid.getString();
  const hex = [structured.getMostSignificantBits(), structured.getLeastSignificantBits()]
    .map((bits) => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0'))
    .join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
