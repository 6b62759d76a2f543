import { type ProjectionGroup } from '../read-model.js';
import { type KeptStore, type StoreName, type StorePlace } from './store-place.js';

/** The read stores of a place, as software of one version finds them. */
export class Stores {
  constructor(
    private readonly place: StorePlace,
    private readonly group: ProjectionGroup,
  ) {}

  /** The newest of this version. */
  async own(): Promise<StoreName | undefined> {
    return (await this.place.find()).find(({ version }) => version === this.group.version);
  }

  /** What the first one of this version is to be found by. */
  first(): string {
    return this.place.nameOf(this.group.version, 1);
  }

  /** What one is to be found by that is built beside what there is of this version. */
  async toBuild(): Promise<string> {
    return this.place.nameOf(this.group.version, ((await this.own())?.generation ?? 0) + 1);
  }

  /** All but the one that is served and one to go back to: that which was served before, or else the newest other one. */
  async notNeeded(served: string, before: string | undefined): Promise<string[]> {
    const others = (await this.place.find()).map(({ store }) => store).filter((store) => store !== served);
    const stays = before ?? others[0];
    return others.filter((store) => store !== stays);
  }

  /** Those of this version that stand between the one that is served and the one that is followed: nobody goes back to them. */
  async passedOver(followed: string, served: string | undefined): Promise<string[]> {
    const own = (await this.place.find()).filter(({ version }) => version === this.group.version);
    return own.map(({ store }) => store).filter((store) => store !== followed && store !== served);
  }

  /** Those that can be read as they were left, the newest first. */
  async kept(head: number): Promise<KeptStore[]> {
    const { version, readableSince = version } = this.group;
    const readable = (await this.place.find()).filter((one) => one.version <= version && one.version >= readableSince);
    const found = await Promise.all(readable.map((name) => this.place.kept(name, head)));
    return found.filter((one) => one !== null);
  }
}
