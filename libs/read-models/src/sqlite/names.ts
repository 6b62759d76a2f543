/** The function by which a statement asks whether it may go on; reader threads define it. */
export const IN_TIME = 'in_time';

export const currentHeadIndex = (table: string): string => `${table}_now`;
