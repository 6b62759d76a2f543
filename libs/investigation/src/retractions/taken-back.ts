import { type Row } from '#read-models/read-model.js';

/** Whether a record was taken back, in whichever way: it stays visible, and no longer counts. */
export const isTakenBack = ({ status }: Row): boolean => status === 'RETRACTED' || status === 'WITHDRAWN';
