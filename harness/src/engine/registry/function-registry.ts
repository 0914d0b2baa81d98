/**
 * The functions of this engine: which there are, which version a reference means, and how they change. It drives the
 * state transitions of facts §7.2 and tells the fleet of every new generation; the operations hold the rest.
 */
import { randomUUID } from "node:crypto";
import { invariant } from "../../domain/invariant.ts";
import type { Clock } from "../../ports/clock.ts";
import { type DurationMs, isoTime } from "../../units/time.ts";
import type { Fleet } from "../fleet-contract.ts";
import type { CodeStore } from "./code-store.ts";
import type { FunctionAlias, FunctionRecord, FunctionVersion } from "./function-record.ts";
import { type FunctionReference, functionArn } from "./function-reference.ts";
import { refuseWhileChanging, settled } from "./function-state.ts";
import { functionSnapshot } from "./function-snapshot-of.ts";
import { LambdaError } from "./lambda-error.ts";
import { loadRecords } from "./load-records.ts";
import type { RecordStore } from "./record-store.ts";

export interface RegistryOptions {
  readonly accountId: string;
  readonly fleet: Pick<Fleet, "put" | "remove" | "setReservedConcurrency">;
  readonly codeStore: CodeStore;
  readonly recordStore: RecordStore;
  readonly clock: Clock;
  /** How long `Pending` and `InProgress` stay visible. */
  readonly delays: { readonly create: DurationMs; readonly update: DurationMs };
  /** A number in [0, 1): which version a weighted alias gives. */
  readonly draw: () => number;
  readonly report: (problem: string) => void;
}

export interface ResolvedVersion {
  readonly record: FunctionRecord;
  readonly version: FunctionVersion;
  readonly alias: FunctionAlias | null;
}

export class FunctionRegistry {
  readonly options: RegistryOptions;
  readonly #records = new Map<string, FunctionRecord>();
  readonly #closing = new AbortController();
  readonly #completing = new Set<Promise<void>>();

  constructor(options: RegistryOptions) {
    this.options = options;
  }

  /** Takes up what an earlier life left. */
  async load(): Promise<void> {
    for (const record of await loadRecords(this.options)) {
      this.#records.set(record.name, record);
      this.#announce(record, record.versions);
    }
  }

  get(name: string): FunctionRecord | undefined {
    return this.#records.get(name);
  }

  all(): readonly FunctionRecord[] {
    return [...this.#records.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The function of a reference, or AWS's 404 in the words of a read of the control plane. */
  require(reference: FunctionReference, region: string, named: string | null = null): FunctionRecord {
    const record = this.#records.get(reference.name);
    if (record === undefined || record.region !== region)
      throw this.#notFound({ ...reference, qualifier: reference.qualifier ?? named }, region);
    return record;
  }

  /** The version that a qualifier means; an alias with weights draws. `named` stands in a 404 where the caller named no qualifier. */
  resolve(reference: FunctionReference, region: string, named: string | null = null): ResolvedVersion {
    const record = this.require(reference, region, named);
    const { qualifier } = reference;
    if (qualifier === null || qualifier === "$LATEST") return { record, version: record.latest, alias: null };
    const alias = record.aliases.find((candidate) => candidate.Name === qualifier) ?? null;
    const wanted = alias === null ? qualifier : this.#draw(alias);
    const version =
      wanted === "$LATEST"
        ? record.latest
        : record.versions.find((candidate) => candidate.version === wanted);
    if (version === undefined) throw this.#notFound(reference, region);
    return { record, version, alias };
  }

  async create(record: FunctionRecord): Promise<void> {
    this.refuseExisting(record.name);
    this.#records.set(record.name, record);
    await this.save(record);
    this.#later(this.options.delays.create, record, () => this.#complete(record));
  }

  /** A name is one function on this engine, whatever the Region: the fleet knows functions by name. */
  refuseExisting(name: string): void {
    if (this.#records.has(name))
      throw new LambdaError("ResourceConflictException", `Function already exist: ${name}`);
  }

  /**
   * Begins an update of `$LATEST`: until it is done, the fleet knows nothing of it and invocations use what was there before.
   * Returns what the update looks like while it is under way.
   */
  async update(
    record: FunctionRecord,
    change: Partial<Pick<FunctionVersion, "settings" | "code" | "architectures">>,
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

  /** Makes the next number out of `$LATEST`; while `$LATEST` changes, the version stays Pending with it. */
  publish(record: FunctionRecord, description: string | undefined): FunctionVersion {
    const { latest } = record;
    const version: FunctionVersion = {
      ...latest,
      version: String(record.nextVersion),
      settings: { ...latest.settings, Description: description ?? latest.settings.Description },
      revisionId: randomUUID(),
      state: latest.lastUpdate === "InProgress" || latest.state === "Pending" ? "Pending" : "Active",
      lastUpdate: latest.lastUpdate === "InProgress" || latest.state === "Pending" ? "none" : "Successful",
    };
    record.nextVersion += 1;
    record.versions = [...record.versions, version];
    if (version.state === "Active") this.options.fleet.put(this.#snapshot(record, version));
    return version;
  }

  /** The fleet learns of a function when it becomes active, and of its reservation with it. */
  announceConcurrency(record: FunctionRecord): void {
    if (record.latest.state === "Active")
      this.options.fleet.setReservedConcurrency(record.name, record.reservedConcurrency);
  }

  async delete(record: FunctionRecord): Promise<void> {
    this.#records.delete(record.name);
    // The fleet forgets it in this turn: the name may be used again before its environments have ended.
    const ended = record.latest.state === "Active" ? this.options.fleet.remove(record.name) : undefined;
    await this.options.recordStore.remove(record.name);
    await ended;
  }

  /** A new generation of the same function, at once: what a plan's `update` asks for. */
  async renew(name: string): Promise<void> {
    const record = this.#records.get(name);
    if (record === undefined)
      throw new LambdaError("ResourceNotFoundException", `Function not found: ${name}`);
    record.latest = { ...record.latest, lastModified: this.now(), revisionId: randomUUID() };
    record.generation += 1;
    this.#announce(record, []);
    await this.save(record);
  }

  async save(record: FunctionRecord): Promise<void> {
    await this.options.recordStore.save(record);
  }

  /** How the API writes an instant: `2026-11-25T01:02:03.456+0000`. */
  now(): string {
    return isoTime(this.options.clock.now()).replace("Z", "+0000");
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.all(this.#completing);
    await this.options.recordStore.settled();
  }

  #notFound({ name, qualifier }: FunctionReference, region: string): LambdaError {
    return new LambdaError(
      "ResourceNotFoundException",
      `Function not found: ${functionArn({ region, accountId: this.options.accountId }, name, qualifier)}`,
    );
  }

  #draw(alias: FunctionAlias): string {
    let point = this.options.draw();
    for (const [version, weight] of Object.entries(alias.AdditionalVersionWeights)) {
      if (point < weight) return version;
      point -= weight;
    }
    return alias.FunctionVersion;
  }

  #later(delay: DurationMs, record: FunctionRecord, complete: () => void): void {
    const completing = this.options.clock
      .sleep(delay, this.#closing.signal)
      .then(async () => {
        if (this.#records.get(record.name) !== record || this.#closing.signal.aborted) return;
        complete();
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
      `version ${version.version} of ${record.name} is announced before it is active`,
    );
    return functionSnapshot(record, version, this.options.codeStore.contentsOf(version.code));
  }
}
