import { LoadProcess } from './load/load-process.js';
import { MeasuredServer } from './measured-server.js';

/** The processes of one run, started when they are first asked for and ended together. */
export class Servers {
  readonly load = new LoadProcess();
  private readonly started = new Map<string, Promise<MeasuredServer>>();

  constructor(private readonly folder: (name: string) => Promise<string>) {}

  /** The product over a folder that begins empty. */
  get product(): Promise<MeasuredServer> {
    return this.once('product', async () => MeasuredServer.start('product', await this.folder('product')));
  }

  /** The same kind of process, answering constants. */
  get constant(): Promise<MeasuredServer> {
    return this.once('constant', async () => MeasuredServer.start('constant', await this.folder('constant')));
  }

  /** The product over a folder that is filled already. */
  over(folder: string, environment: Readonly<Record<string, string>> = {}): Promise<MeasuredServer> {
    return this.once(folder, () => MeasuredServer.start('product', folder, environment));
  }

  /** The product over a folder, not bundled: what is in it can be exchanged by the probe. */
  modules(folder: string): Promise<MeasuredServer> {
    return this.once(folder, () => MeasuredServer.start('modules', folder));
  }

  async close(): Promise<void> {
    this.load.close();
    for (const server of await Promise.allSettled(this.started.values()))
      if (server.status === 'fulfilled') await server.value.stop();
  }

  private once(name: string, start: () => Promise<MeasuredServer>): Promise<MeasuredServer> {
    let server = this.started.get(name);
    if (!server) this.started.set(name, (server = start()));
    return server;
  }
}
