const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** An id that is asked for, as ours are kept: UUIDs in lower case. RFC 9562 has them read in any. */
export const keptId = (id: string): string => (UUID.test(id) ? id.toLowerCase() : id);
