import { type Statement } from './read-store.js';

/** Filters have endless shapes, and clients choose them. */
const MOST = 500;

/** Compiled statements by shape; the one not used for longest goes first. */
export class StatementCache {
  private readonly statements = new Map<string, Statement>();

  get(shape: string, compile: () => Statement): Statement {
    let statement = this.statements.get(shape);
    if (statement) this.statements.delete(shape);
    else statement = compile();
    this.statements.set(shape, statement);
    if (this.statements.size > MOST) this.statements.delete(this.statements.keys().next().value!);
    return statement;
  }
}
