import { type TechniqueFramework } from './framework.js';

/** Names by id. */
export type Names = ReadonlyMap<string, string>;

/** Of MITRE ATLAS 5.6 what bears on models taken through their own interfaces; the rest is loaded (`caseledger techniques load`). */
const ATLAS_5_6: Readonly<Record<string, string>> = {
  'AML.TA0000': 'AI Model Access',
  'AML.TA0001': 'AI Attack Staging',
  'AML.TA0003': 'Resource Development',
  'AML.TA0010': 'Exfiltration',
  'AML.TA0011': 'Impact',
  'AML.T0005.001': 'Create Proxy AI Model: Train Proxy via Replication',
  'AML.T0008.005': 'Acquire Infrastructure: AI Service Proxies',
  'AML.T0012': 'Valid Accounts',
  'AML.T0021': 'Establish Accounts',
  'AML.T0024': 'Exfiltration via AI Inference API',
  'AML.T0024.000': 'Exfiltration via AI Inference API: Infer Training Data Membership',
  'AML.T0024.001': 'Exfiltration via AI Inference API: Invert AI Model',
  'AML.T0024.002': 'Exfiltration via AI Inference API: Extract AI Model',
  'AML.T0025': 'Exfiltration via Cyber Means',
  'AML.T0034': 'Cost Harvesting',
  'AML.T0034.000': 'Cost Harvesting: Excessive Queries',
  'AML.T0035': 'AI Artifact Collection',
  'AML.T0040': 'AI Model Inference API Access',
  'AML.T0048': 'External Harms',
  'AML.T0048.000': 'External Harms: Financial Harm',
  'AML.T0048.001': 'External Harms: Reputational Harm',
  'AML.T0048.002': 'External Harms: Societal Harm',
  'AML.T0048.003': 'External Harms: User Harm',
  'AML.T0048.004': 'External Harms: AI Intellectual Property Theft',
  'AML.T0054': 'LLM Jailbreak',
  'AML.T0056': 'Extract LLM System Prompt',
  'AML.T0057': 'LLM Data Leakage',
  'AML.T0065': 'LLM Prompt Crafting',
  'AML.T0073': 'Impersonation',
  'AML.T0074': 'Masquerading',
  'AML.M0002': 'Passive AI Output Obfuscation',
  'AML.M0004': 'Restrict Number of AI Model Queries',
  'AML.M0019': 'Control Access to AI Models and Data in Production',
  'AML.M0024': 'AI Telemetry Logging',
};

/** What is known without any file, by framework and version. Of ATT&CK no version is: `T1585` and `T1078` need theirs. */
export const BUILT_IN: Readonly<Record<TechniqueFramework, ReadonlyMap<string, Names>>> = {
  ATLAS: new Map([['5.6', new Map(Object.entries(ATLAS_5_6))]]),
  ATTACK: new Map(),
};
