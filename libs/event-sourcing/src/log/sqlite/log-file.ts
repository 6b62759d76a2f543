/** The log's file in its data folder. Apart from what opens it: whoever only asks for it need not load SQLite. */
export const LOG_FILE = 'log.sqlite';
