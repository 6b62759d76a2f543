import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { type Connection, connection, PageArgs } from '#api/connection.js';
import { CasesArgs } from '#investigation/cases/case-list.js';
import { Case } from '#investigation/cases/case.js';
import { Note } from '#investigation/notes/note.js';
import { Party } from '#investigation/parties/party.js';

const CaseConnection = connection(Case);
const PartyConnection = connection(Party);
const NoteConnection = connection(Note);

interface Rows {
  nodes: { parties: Connection<Party>; notes: Connection<Note> }[];
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

  @ResolveField(() => NoteConnection)
  notes(@Parent() parent: Rows['nodes'][number], @Args() _page: PageArgs): Promise<Connection<Note>> {
    return Promise.resolve(parent.notes);
  }
}
