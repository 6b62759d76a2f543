import { type Recorded, type Recording } from '../recording.js';

export const en = (text: string): { text: string; language: string } => ({ text, language: 'en' });

/** Records the report's facts: each under a name of its own, from the report unless it is somebody else's word in it. */
export class Teller {
  constructor(private readonly recording: Recording) {}

  id(name: string): string {
    return this.recording.id(name);
  }

  ids(...names: string[]): string[] {
    return names.map((name) => this.id(name));
  }

  /** The report's own word, or that of somebody whom it relays. */
  said(by = 'report', ...via: string[]): { assertedBy: string; via: string[] } {
    return { assertedBy: this.id(by), via: by === 'report' ? [] : this.ids('report', ...via) };
  }

  /** Sends a command; `made` is the field that names what it makes. */
  record(mutation: string, name: string, made: string | null, input: object): Promise<Recorded> {
    return this.recording.record('investigator', mutation, name, { ...(made && { [made]: this.id(name) }), ...input });
  }
}
