import { pathToFileURL } from 'node:url';
import { builtFile } from '#event-sourcing/built-file.js';

/** Where threads find the read models and the event registry, as built for them. Throws where nothing is built. */
export const projectionsModule = (): URL => pathToFileURL(builtFile('libs/investigation/src/projections-module'));
