import { registerEnumType } from '@nestjs/graphql';

/** Whether a mutation's answer was read back. */
export const ReadModelState = { CURRENT: 'CURRENT', BEHIND: 'BEHIND', FAILED: 'FAILED', NOT_READ: 'NOT_READ' } as const;
export type ReadModelState = keyof typeof ReadModelState;
registerEnumType(ReadModelState, {
  name: 'ReadModelState',
  description: 'Whether what a mutation recorded has reached the read models. It is durable in any case.',
  valuesMap: {
    CURRENT: { description: 'The answer shows it.' },
    BEHIND: { description: 'Not yet, within the time to wait: read again later.' },
    FAILED: { description: 'The read models stand still after an error; what was recorded is durable.' },
    NOT_READ: { description: 'Nothing was asked that needs reading.' },
  },
});
