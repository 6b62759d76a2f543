import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Command } from 'commander';
import { pathArgument } from '../arguments.js';
import { connect } from '../connect.js';
import { Refused, unreadable } from '../exit.js';
import { GraphqlFailure } from '../graphql-client.js';
import { print, safe } from '../terminal.js';

const LOAD = `mutation Load($input: LoadTechniquesInput!) { loadTechniques(input: $input) { revision } }`;
const LIST = `{ ATLAS: techniqueCatalogues(framework: ATLAS) { version entries { mitreId label } }
  ATTACK: techniqueCatalogues(framework: ATTACK) { version entries { mitreId label } } }`;

type Catalogues = Record<'ATLAS' | 'ATTACK', { version: string; entries: { mitreId: string; label: string }[] }[]>;

const NAMES = { ATLAS: 'ATLAS', ATTACK: 'ATT&CK' };

/** `caseledger techniques`: makes versions of ATLAS and ATT&CK known to a server, and lists what it knows. */
export function techniques(program: Command): void {
  const group = program
    .command('techniques')
    .summary('make versions of ATLAS and ATT&CK known')
    .description('The techniques of MITRE ATLAS and ATT&CK that cases can name by their ids alone.');
  group
    .command('load')
    .description(
      "Makes a version known, from MITRE's own file: ATLAS.yaml, or ATT&CK as a STIX bundle. For administrators.",
    )
    .argument('<file>', 'ATLAS.yaml, enterprise-attack.json, …', pathArgument)
    .option('--framework-version <version>', 'the version of the framework, where the file names none')
    .action(async (file: string, { frameworkVersion }: { frameworkVersion?: string }) => {
      // Loaded only where it is used: YAML is read by nothing else.
      const { readFramework } = await import('../techniques/framework-file.js');
      const { framework, version, entries } = readFramework(
        await readFile(file, 'utf8').catch(unreadable(file, "give MITRE's ATLAS.yaml, or ATT&CK as a STIX bundle")),
      );
      if (version && frameworkVersion && version !== frameworkVersion)
        throw new Refused(`The file is of version ${version}, not ${frameworkVersion}: leave --framework-version out.`);
      const given = version ?? frameworkVersion;
      if (!given) throw new Refused('The file names no version of its framework: give it by --framework-version.');
      const input = { commandId: randomUUID(), framework, frameworkVersion: given, entries };
      const what = `${NAMES[framework]} ${given}`;
      try {
        await connect().request(LOAD, { input });
      } catch (error) {
        if (!(error instanceof GraphqlFailure) || error.code !== 'NOTHING_CHANGED') throw error;
        await print(`${what} was known already: ${entries.length} techniques, tactics and mitigations.`);
        return;
      }
      await print(`${what} is known now: ${entries.length} techniques, tactics and mitigations.`);
    });
  group
    .command('list')
    .description('Lists the versions that are known, built in and loaded.')
    .option('--json', 'every technique, tactic and mitigation of each, one line of JSON for each version')
    .action(async ({ json }: { json?: boolean }) => {
      const known = await connect().request<Catalogues>(LIST);
      for (const framework of ['ATLAS', 'ATTACK'] as const) {
        for (const { version, entries } of known[framework]) {
          const line = json
            ? JSON.stringify({ framework, version, entries })
            : `${NAMES[framework]} ${safe(version)}  ${entries.length} techniques, tactics and mitigations`;
          await print(line);
        }
      }
    });
}
