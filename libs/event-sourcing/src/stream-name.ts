/** The stream of a subject: `case-<id>`. A category holds no hyphen. */
export const streamOf = (category: string, subjectId: string): string => `${category}-${subjectId}`;

/** The id of the subject that a stream is of. */
export const subjectIdOf = (stream: string): string => stream.slice(stream.indexOf('-') + 1);
