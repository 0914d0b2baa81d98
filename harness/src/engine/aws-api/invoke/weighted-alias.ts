/**
 * Chooses the version for an invocation of an alias that names two versions (docs/aws/function-api.md#aliases). AWS does not document how
 * it chooses. Here the same seed gives the same sequence, and invocations of other functions do not change it.
 */
import { createHash } from "node:crypto";
import { invariant } from "../../../base/invariant.ts";
import type { ResolvedVersion } from "../../registry/functions/function-index.ts";
import type { FunctionVersion } from "../../registry/functions/function-record.ts";
import { functionArn } from "../../registry/functions/function-reference.ts";

export class WeightedAliases {
  readonly #seed: number;
  readonly #draws = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  versionOf({ record, version, alias }: ResolvedVersion): FunctionVersion {
    const additional = alias?.additional ?? null;
    if (alias === null || additional === null) return version;
    if (this.#draw(functionArn(record, record.name, alias.Name)) >= additional.weight) return version;
    const drawn = record.versions.find((known) => known.version === additional.version);
    invariant(
      drawn !== undefined,
      `version ${additional.version} of ${record.name} exists as long as an alias names it`,
    );
    return drawn;
  }

  /** Returns the next number for an alias. It is at least 0 and less than 1. */
  #draw(alias: string): number {
    const number = this.#draws.get(alias) ?? 0;
    this.#draws.set(alias, number + 1);
    const hash = createHash("sha256").update(`${this.#seed} ${alias} ${number}`).digest();
    return hash.readUIntBE(0, 6) / 2 ** 48;
  }
}
