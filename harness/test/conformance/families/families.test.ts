import { env } from "node:process";
import { usualRuntime } from "../../../src/adapters/toolchains/interpreters.ts";
import { familyNamed } from "../../../src/catalogue/runtimes/all-runtimes.ts";
import { describeInTestAll } from "../../support/test-all.ts";
import { FAMILIES } from "./all-families.ts";
import { familySuite } from "./family-suite.ts";

for (const family of FAMILIES) {
  const local = familyNamed(family.name)?.local ?? null;
  const runtimeOf = (): string | null => (local === null ? null : usualRuntime(local, env));
  describeInTestAll(`conformance: the engine and AWS's client for ${family.title}`, () =>
    familySuite(family, runtimeOf),
  );
}
