import {
  type DocumentNode,
  getOperationAST,
  GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
  parse,
} from 'graphql';
import { apiError, invalid } from '../errors.js';
import { BoundedCache } from './bounded-cache.js';
import { MOST_TOKENS, tooLarge } from './limits.js';
import { PreparedOperation } from './prepared-operation.js';
import { fragmentCycles, unreadable, validateDocument } from './validate-document.js';

/** A valid document and its operations that were asked for so far, by name. */
interface ValidDocument {
  document: DocumentNode;
  prepared: Map<OperationDefinitionNode, PreparedOperation>;
  /** Characters of the text, and what was prepared of it weighs. */
  weight: number;
}

/** What all cached documents weigh together, in characters: with its syntax tree each takes 75 to 170 bytes, 44 MB in all. */
const CAPACITY = 262_144;
/** Of one. */
const LARGEST = 131_072;

/** Reads documents: parsed and validated once each, prepared once for each operation in them. */
export class Operations {
  private readonly documents = new BoundedCache<ValidDocument>(CAPACITY, LARGEST);

  constructor(private readonly schema: GraphQLSchema) {}

  /** How many documents are kept at the moment. */
  get cached(): number {
    return this.documents.size;
  }

  /** The operation to run, or why there is none. */
  prepare(text: string, operationName: string | null | undefined): PreparedOperation | GraphQLError {
    try {
      const valid = this.documents.get(text) ?? this.read(text);
      return valid instanceof GraphQLError ? valid : this.pick(text, valid, operationName);
    } catch (error) {
      if (error instanceof RangeError) return apiError('LIMIT_EXCEEDED', 'The document is nested too deeply.');
      throw error;
    }
  }

  private read(text: string): ValidDocument | GraphQLError {
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: MOST_TOKENS });
    } catch (error) {
      if (error instanceof GraphQLError) return unreadable(error);
      throw error;
    }
    const { schema } = this;
    // What holds itself would always be too large as well.
    const refused = fragmentCycles(schema, document) ?? tooLarge(document) ?? validateDocument(schema, document);
    if (refused) return refused;
    const valid = { document, prepared: new Map(), weight: text.length };
    this.documents.set(text, valid, valid.weight);
    return valid;
  }

  private pick(text: string, valid: ValidDocument, name: string | null | undefined): PreparedOperation | GraphQLError {
    const { document, prepared } = valid;
    const operation = getOperationAST(document, name === '' ? null : name);
    if (!operation) {
      const message = 'operationName must name one of the operations in the document, if it holds more than one.';
      return invalid([{ path: 'operationName', code: 'UNKNOWN_OPERATION', message }]);
    }
    const known = prepared.get(operation);
    if (known) return known;
    if (!this.schema.getRootType(operation.operation)) {
      const message = `There is no ${operation.operation} here; ask by query.`;
      return invalid([{ path: '', code: 'UNKNOWN_OPERATION', message }]);
    }
    const made = new PreparedOperation(this.schema, document, operation);
    prepared.set(operation, made);
    // One text may hold thousands of operations that share large fragments.
    valid.weight += made.weight;
    this.documents.set(text, valid, valid.weight);
    return made;
  }
}
