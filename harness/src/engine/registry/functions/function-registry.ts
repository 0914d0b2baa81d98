/**
 * The functions of this engine and their states (docs/aws/function-api.md#states). The fleet, which manages the functions' environments, is
 * informed of every new generation.
 */
import { randomUUID } from "node:crypto";
import { invariant } from "../../../base/invariant.ts";
import type { Clock } from "../../../run/ports/clock.ts";
import { type DurationMs, isoTime } from "../../../base/time.ts";
import type { Fleet } from "../../fleet-contract.ts";
import type { CodeStore } from "../packages/code-store.ts";
import { FunctionIndex } from "./function-index.ts";
import type { FunctionRecord, FunctionVersion } from "./function-record.ts";
import { functionSnapshot } from "./function-snapshot-of.ts";
import { refuseWhileChanging, settled } from "./function-state.ts";
import { resourceNotFound } from "../../request-validation/lambda-error.ts";
import { loadRecords } from "./load-records.ts";
import type { RecordFolder } from "../record-folder.ts";

export interface RegistryOptions {
  readonly accountId: string;
  readonly fleet: Pick<Fleet, "put" | "remove" | "removeVersion" | "setReservedConcurrency">;
  /** Whether the user gave the command (`--launcher`) that starts the runtime clients of families such as Ruby and .NET. */
  readonly launches: boolean;
  readonly codeStore: CodeStore;
  readonly recordFolder: RecordFolder<FunctionRecord>;
  readonly clock: Clock;
  /** How long `Pending` and `InProgress` stay visible. */
  readonly delays: { readonly create: DurationMs; readonly update: DurationMs };
  readonly report: (problem: string) => void;
  /** Returns the folders of the packages that layers use. */
  readonly layerFolders: () => readonly string[];
}

export class FunctionRegistry extends FunctionIndex {
  readonly options: RegistryOptions;
  readonly #closing = new AbortController();
  readonly #completing = new Set<Promise<void>>();

  constructor(options: RegistryOptions) {
    super(options.accountId);
    this.options = options;
  }

  /** Loads the functions that an earlier engine left in the data folder. */
  async load(): Promise<void> {
    for (const record of await loadRecords(this.options)) {
      this.add(record);
      this.#announce(record, record.versions);
    }
  }

  /** Rejects if the function cannot be saved. The function then does not exist, so that the caller can try again. */
  async create(record: FunctionRecord): Promise<void> {
    this.refuseExisting(record.name, record.region);
    this.add(record);
    try {
      await this.save(record);
    } catch (error) {
      this.remove(record);
      throw error;
    }
    this.#later(this.options.delays.create, record, () => this.#complete(record));
  }

  /** Invocations use the earlier code and settings until the update is complete. Rejects, and changes nothing, if saving fails. */
  async update(
    record: FunctionRecord,
    change: Partial<Pick<FunctionVersion, "settings" | "code" | "architectures" | "codeUpdates">>,
    options: { readonly publish: boolean },
  ): Promise<{ readonly latest: FunctionVersion; readonly published: FunctionVersion | null }> {
    refuseWhileChanging(record);
    const latest: FunctionVersion = {
      ...record.latest,
      ...change,
      lastUpdate: "InProgress",
      lastModified: this.now(),
      revisionId: randomUUID(),
    };
    record.latest = latest;
    const published = options.publish ? this.publish(record, undefined) : null;
    await this.save(record);
    this.#later(this.options.delays.update, record, () => {
      record.generation += 1;
      this.#complete(record);
    });
    return { latest, published };
  }

  /** If `$LATEST` is still being created or changed, the new version is Pending until that is complete. */
  publish(record: FunctionRecord, description: string | undefined): FunctionVersion {
    const { latest } = record;
    const changing = latest.lastUpdate === "InProgress" || latest.state === "Pending";
    const version: FunctionVersion = {
      ...latest,
      version: String(record.nextVersion),
      settings: { ...latest.settings, Description: description ?? latest.settings.Description },
      latestDescription: latest.settings.Description,
      revisionId: randomUUID(),
      state: changing ? "Pending" : "Active",
      lastUpdate: changing ? "none" : "Successful",
    };
    record.nextVersion += 1;
    record.versions = [...record.versions, version];
    if (version.state === "Active") this.options.fleet.put(this.#snapshot(record, version));
    return version;
  }

  /** The fleet does not know a function before the function is active. */
  announceConcurrency(record: FunctionRecord): void {
    if (record.latest.state === "Active")
      this.options.fleet.setReservedConcurrency(record.fleetKey, record.reservedConcurrency);
  }

  /** Rejects, and changes nothing, if its file cannot be removed. */
  async delete(record: FunctionRecord): Promise<void> {
    await this.options.recordFolder.remove(record);
    if (this.byKey(record.fleetKey) !== record) return;
    this.remove(record);
    // The fleet forgets the function in this turn of the event loop, because the name may be used again before its environments have ended.
    const ended = record.latest.state === "Active" ? this.options.fleet.remove(record.fleetKey) : undefined;
    await ended;
  }

  async deleteVersion(record: FunctionRecord, version: string): Promise<void> {
    record.versions = record.versions.filter((known) => known.version !== version);
    record.policies = without(record.policies, version);
    record.policyRevisions = without(record.policyRevisions, version);
    record.eventInvokeConfigs = without(record.eventInvokeConfigs, version);
    record.provisioned = without(record.provisioned, version);
    await this.save(record);
    await this.options.fleet.removeVersion(record.fleetKey, version);
  }

  /** Begins a new generation of a function immediately and without changes, for the plan entry `update`. */
  async renew(key: string): Promise<void> {
    const record = this.byKey(key);
    if (record === undefined) throw resourceNotFound(`Function not found: ${key}`);
    record.latest = { ...record.latest, lastModified: this.now(), revisionId: randomUUID() };
    record.generation += 1;
    this.#announce(record, []);
    this.options.recordFolder.accept(record);
    await this.save(record);
  }

  /** Rejects, and undoes what was changed since the last save, if the record cannot be saved. */
  async save(record: FunctionRecord): Promise<void> {
    await this.options.recordFolder.save(record);
  }

  /** Returns the current time as the API writes it: `2026-11-25T01:02:03.456+0000`. */
  now(): string {
    return isoTime(this.options.clock.now()).replace("Z", "+0000");
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#completing);
    await this.options.recordFolder.settled();
  }

  #later(delay: DurationMs, record: FunctionRecord, complete: () => void): void {
    const completing = this.options.clock
      .sleep(delay, this.#closing.signal)
      .then(async () => {
        if (this.byKey(record.fleetKey) !== record || this.#closing.signal.aborted) return;
        complete();
        this.options.recordFolder.accept(record);
        await this.save(record);
      })
      .catch((error: unknown) =>
        this.options.report(`function ${record.name}: its new state was not saved: ${String(error)}`),
      )
      .finally(() => this.#completing.delete(completing));
    this.#completing.add(completing);
  }

  #complete(record: FunctionRecord): void {
    const pending = new Set(
      record.versions.filter(({ state }) => state === "Pending").map(({ version }) => version),
    );
    record.latest = settled(record.latest);
    record.versions = record.versions.map(settled);
    this.#announce(
      record,
      record.versions.filter(({ version }) => pending.has(version)),
    );
  }

  #announce(record: FunctionRecord, versions: readonly FunctionVersion[]): void {
    for (const version of [record.latest, ...versions])
      this.options.fleet.put(this.#snapshot(record, version));
    this.announceConcurrency(record);
  }

  #snapshot(record: FunctionRecord, version: FunctionVersion): ReturnType<typeof functionSnapshot> {
    invariant(
      version.state === "Active",
      `version ${version.version} of ${record.name} is active before it is announced`,
    );
    return functionSnapshot(record, version, (code) => this.options.codeStore.contentsOf(code));
  }
}

function without<T>(map: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(map).filter(([known]) => known !== key));
}
