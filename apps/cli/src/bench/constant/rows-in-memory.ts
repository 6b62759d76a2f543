import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Connection, connection, PageArgs } from '#api/connection.js';
import { CasesArgs } from '#investigation/cases/case-list.js';
import { Case } from '#investigation/cases/case.js';
import { Observation } from '#investigation/observations/observation.js';
import { Party } from '#investigation/parties/party.js';

const CaseConnection = connection(Case);
const PartyConnection = connection(Party);
const ObservationConnection = connection(Observation);

interface Rows {
  nodes: { parties: Connection<Party>; observations: Connection<Observation> }[];
}

/** What the list answers: told to this process by its parent. */
let rows: Rows = { nodes: [] };
process.on('message', (message) => {
  if (typeof message === 'object' && message && 'rows' in message) rows = message.rows as Rows;
});

/** The ceiling of a list: its arguments are read and validated as ever, its rows lie in memory. */
@Resolver(() => Case)
export class RowsInMemory {
  @Query(() => CaseConnection)
  cases(@Args() _args: CasesArgs): Promise<Rows> {
    return Promise.resolve(rows);
  }

  @ResolveField(() => PartyConnection)
  parties(@Parent() parent: Rows['nodes'][number], @Args() _page: PageArgs): Promise<Connection<Party>> {
    return Promise.resolve(parent.parties);
  }

  @ResolveField(() => ObservationConnection)
  observations(@Parent() parent: Rows['nodes'][number], @Args() _page: PageArgs): Promise<Connection<Observation>> {
    return Promise.resolve(parent.observations);
  }
}
