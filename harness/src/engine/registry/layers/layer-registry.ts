/** The layers of this engine. A function keeps its attached layers even if the layer version is deleted. */
import type { LayerRecord, LayerVersion } from "./layer-record.ts";
import type { RecordFolder } from "../record-folder.ts";

export interface FoundLayerVersion {
  readonly layer: LayerRecord;
  readonly version: LayerVersion;
}

export class LayerRegistry {
  readonly #store: RecordFolder<LayerRecord>;
  readonly #report: (problem: string) => void;
  readonly #layers = new Map<string, LayerRecord>();

  constructor(store: RecordFolder<LayerRecord>, report: (problem: string) => void) {
    this.#store = store;
    this.#report = report;
  }

  async load(): Promise<void> {
    const { records, problems } = await this.#store.load();
    for (const problem of problems) this.#report(problem);
    for (const layer of records) this.#layers.set(`${layer.region}/${layer.name}`, layer);
  }

  all(region: string): readonly LayerRecord[] {
    return [...this.#layers.values()]
      .filter((layer) => layer.region === region)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Returns the layer; creates it if it does not exist. */
  layer(name: string, region: string, accountId: string): LayerRecord {
    const key = `${region}/${name}`;
    const known = this.#layers.get(key);
    if (known !== undefined) return known;
    const layer: LayerRecord = { schemaVersion: 1, name, region, accountId, versions: [], nextVersion: 1 };
    this.#layers.set(key, layer);
    this.#store.accept(layer);
    return layer;
  }

  find(name: string, region: string): LayerRecord | undefined {
    return this.#layers.get(`${region}/${name}`);
  }

  findVersion(name: string, region: string, number: number): FoundLayerVersion | undefined {
    const layer = this.find(name, region);
    const version = layer?.versions.find((known) => known.version === number);
    return layer === undefined || version === undefined ? undefined : { layer, version };
  }

  folders(): readonly string[] {
    return [...this.#layers.values()].flatMap(({ versions }) => versions.map(({ code }) => code.folder));
  }

  async save(layer: LayerRecord): Promise<void> {
    await this.#store.save(layer);
  }

  async close(): Promise<void> {
    await this.#store.settled();
  }
}
