import { Refused } from '../exit.js';
import { readFramework } from './framework-file.js';

const ATLAS = `---
id: ATLAS
name: Adversarial Threat Landscape for AI Systems
version: 5.10
matrices:
- id: ATLAS
  name: ATLAS Matrix
  tactics:
  - &exfiltration
    id: AML.TA0010
    name: Exfiltration
    object-type: tactic
    description: 'The adversary is trying to steal.'
  techniques:
  - id: AML.T0024
    name: Exfiltration via AI Inference API
    object-type: technique
    tactics:
    - AML.TA0010
  - id: AML.T0024.002
    name: Extract AI Model
    object-type: technique
    subtechnique-of: AML.T0024
  mitigations:
  - id: AML.M0002
    name: Passive AI Output Obfuscation
  served: *exfiltration
case-studies:
- id: AML.CS0056
  name: Model Distillation Campaigns
`;

const reference = (source_name: string, external_id: string) => ({
  external_references: [{ source_name: 'elsewhere' }, { source_name, external_id }],
});
const ATTACK = [
  { type: 'x-mitre-collection', name: 'Enterprise ATT&CK', x_mitre_version: '17.1' },
  { type: 'attack-pattern', name: 'PowerShell', ...reference('mitre-attack', 'T1059.001') },
  { type: 'attack-pattern', name: 'Command and Scripting Interpreter', ...reference('mitre-attack', 'T1059') },
  { type: 'attack-pattern', name: 'Old', revoked: true, ...reference('mitre-attack', 'T1086') },
  { type: 'attack-pattern', name: 'Older', x_mitre_deprecated: true, ...reference('mitre-attack', 'T1064') },
  { type: 'x-mitre-tactic', name: 'Execution', ...reference('mitre-attack', 'TA0002') },
  { type: 'course-of-action', name: 'Code Signing', ...reference('mitre-attack', 'M1045') },
  { type: 'intrusion-set', name: 'A group', ...reference('mitre-attack', 'G0001') },
  { type: 'attack-pattern', name: 'Of somebody else', external_references: [] },
];
const bundle = (objects: object[]) => JSON.stringify({ type: 'bundle', id: 'bundle--1', objects });

describe('a published file', () => {
  it('is read as ATLAS.yaml: its version, tactics, techniques with their whole, and mitigations', () => {
    expect(readFramework(ATLAS)).toEqual({
      framework: 'ATLAS',
      version: '5.10',
      entries: [
        { mitreId: 'AML.TA0010', label: 'Exfiltration' },
        { mitreId: 'AML.T0024', label: 'Exfiltration via AI Inference API' },
        { mitreId: 'AML.T0024.002', label: 'Exfiltration via AI Inference API: Extract AI Model' },
        { mitreId: 'AML.M0002', label: 'Passive AI Output Obfuscation' },
      ],
    });
  });

  it('is read with its mitigations beside the matrices, and a version of three numbers', () => {
    const older = ATLAS.replace('version: 5.10', 'version: 4.9.1').replace('  mitigations:', 'mitigations:');
    const file = readFramework(older.replace('  served: *exfiltration\n', ''));
    expect(file.version).toBe('4.9.1');
    expect(file.entries.map(({ mitreId }) => mitreId)).toContain('AML.M0002');
  });

  it('is read as a STIX bundle of ATT&CK, without what is revoked or deprecated', () => {
    expect(readFramework(bundle(ATTACK))).toEqual({
      framework: 'ATTACK',
      version: '17.1',
      entries: [
        { mitreId: 'T1059.001', label: 'Command and Scripting Interpreter: PowerShell' },
        { mitreId: 'T1059', label: 'Command and Scripting Interpreter' },
        { mitreId: 'TA0002', label: 'Execution' },
        { mitreId: 'M1045', label: 'Code Signing' },
      ],
    });
  });

  it('may name no version, or be of ATLAS', () => {
    const atlas = [{ type: 'attack-pattern', name: 'API Access', ...reference('mitre-atlas', 'AML.T0040') }];
    expect(readFramework(bundle(atlas))).toMatchObject({ framework: 'ATLAS', version: null });
  });

  it.each([
    ['nothing', '', /no matrices/],
    ['a list', '- a\n- b', /no matrices/],
    ['what is no YAML', 'a: [', /neither YAML nor JSON/],
    ['half a bundle', bundle(ATTACK).slice(0, -10), /not JSON/],
    ['another object', '{"type":"grouping"}', /no STIX bundle/],
    ['a bundle of nothing', bundle([]), /names no technique/],
    [
      'both frameworks',
      bundle([...ATTACK, { type: 'attack-pattern', name: 'x', ...reference('mitre-atlas', 'AML.T0040') }]),
      /each from its own file/,
    ],
  ])('is refused if it is %s', (_, text, message) => {
    expect(() => readFramework(text)).toThrow(Refused);
    expect(() => readFramework(text)).toThrow(message);
  });
});
