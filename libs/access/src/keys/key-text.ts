import { randomBytes } from 'node:crypto';

/** The two halves of a key: the public id names it, the secret proves it. */
export interface KeyParts {
  id: string;
  secret: string;
}

const KEY = /^clk_([0-9a-f]{16})_([0-9a-f]{64})$/;

/** Reads `clk_<16 hex>_<64 hex>`; undefined for anything else. */
export function parseKey(text: string): KeyParts | undefined {
  const match = KEY.exec(text);
  return match ? { id: match[1], secret: match[2] } : undefined;
}

/** A key as it is shown once and sent in each request. */
export const formatKey = ({ id, secret }: KeyParts): string => `clk_${id}_${secret}`;

/** A fresh secret: 32 random bytes as 64 lower-case hex characters. */
export const newSecret = (): string => randomBytes(32).toString('hex');
