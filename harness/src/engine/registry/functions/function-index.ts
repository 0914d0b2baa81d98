/**
 * Finds functions and versions. The key of a function is its name, or `name@region` if a function of another Region had that name first.
 */
import type { FunctionAlias, FunctionRecord, FunctionVersion } from "./function-record.ts";
import { type FunctionReference, functionArn } from "./function-reference.ts";
import type { Home } from "../home.ts";
import {
  resourceConflict,
  resourceNotFound,
  type LambdaError,
} from "../../request-validation/lambda-error.ts";

export interface ResolvedVersion {
  readonly record: FunctionRecord;
  readonly version: FunctionVersion;
  readonly alias: FunctionAlias | null;
}

export class FunctionIndex {
  readonly #accountId: string;
  readonly #byKey = new Map<string, FunctionRecord>();
  readonly #byName = new Map<string, FunctionRecord>();

  constructor(accountId: string) {
    this.#accountId = accountId;
  }

  byKey(key: string): FunctionRecord | undefined {
    return this.#byKey.get(key);
  }

  byName(name: string, region: string): FunctionRecord | undefined {
    return this.#byName.get(`${region}/${name}`);
  }

  all(): readonly FunctionRecord[] {
    return [...this.#byKey.values()].toSorted((a, b) => (a.fleetKey < b.fleetKey ? -1 : 1));
  }

  add(record: FunctionRecord): void {
    this.#byKey.set(record.fleetKey, record);
    this.#byName.set(`${record.region}/${record.name}`, record);
  }

  remove(record: FunctionRecord): void {
    this.#byKey.delete(record.fleetKey);
    this.#byName.delete(`${record.region}/${record.name}`);
  }

  freeKey(name: string, region: string): string {
    return this.#byKey.has(name) ? `${name}@${region}` : name;
  }

  refuseExisting(name: string, region: string): void {
    if (this.byName(name, region) !== undefined) throw resourceConflict(`Function already exist: ${name}`);
  }

  /**
   * Returns the function of a reference, or throws AWS's 404. If the reference has no qualifier, the 404 shows the value of the parameter
   * `named` as the qualifier.
   */
  require(reference: FunctionReference, region: string, named: string | null = null): FunctionRecord {
    const record = this.byName(reference.name, region);
    if (record === undefined)
      throw this.#notFound({ ...reference, qualifier: reference.qualifier ?? named }, region);
    return record;
  }

  /** Without a qualifier, the version is `$LATEST`. Throws AWS's 404 if there is no such function or version. */
  resolve(reference: FunctionReference, region: string, named: string | null = null): ResolvedVersion {
    const record = this.require(reference, region, named);
    const { qualifier } = reference;
    if (qualifier === null || qualifier === "$LATEST") return { record, version: record.latest, alias: null };
    const alias = record.aliases.find((candidate) => candidate.Name === qualifier) ?? null;
    const wanted = alias?.FunctionVersion ?? qualifier;
    const version =
      wanted === "$LATEST"
        ? record.latest
        : record.versions.find((candidate) => candidate.version === wanted);
    if (version === undefined) throw this.#notFound(reference, region);
    return { record, version, alias };
  }

  /** Like `resolve`, with the error messages of operations that distinguish a missing alias from a missing version. */
  resolveNamed(reference: FunctionReference, home: Home): ResolvedVersion {
    const { name, qualifier } = reference;
    // Only a qualifier that is a name can be an alias. One with a dollar sign, or with nothing but digits, names a version.
    const known =
      qualifier === null ||
      /\$|^\d+$/.test(qualifier) ||
      this.byName(name, home.region)?.aliases.some((alias) => alias.Name === qualifier) === true;
    // Recorded from AWS: the message is about the alias even if the function does not exist.
    if (!known) throw resourceNotFound(`Cannot find alias arn: ${functionArn(home, name, qualifier)}`);
    return this.resolve(reference, home.region);
  }

  #notFound({ name, qualifier }: FunctionReference, region: string): LambdaError {
    return resourceNotFound(
      `Function not found: ${functionArn({ region, accountId: this.#accountId }, name, qualifier)}`,
    );
  }
}
