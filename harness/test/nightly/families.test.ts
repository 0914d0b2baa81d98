/** Runs the suites of conformance/families on every installed version of each interpreter, except the versions that `make test-all` uses. */
import { env } from "node:process";
import { interpreterOf, usualRuntime } from "../../src/adapters/toolchains/interpreters.ts";
import { familyNamed } from "../../src/catalogue/runtimes/all-runtimes.ts";
import { runsRelease } from "../../src/catalogue/runtimes/runs-release.ts";
import { FAMILIES } from "../conformance/families/all-families.ts";
import { familySuite } from "../conformance/families/family-suite.ts";

for (const family of FAMILIES.filter(({ name }) => familyNamed(name)?.local?.interpreter != null))
  for (const version of familyNamed(family.name)?.versions ?? [])
    describe(`conformance: the engine and AWS's client for ${version.runtime}`, () => {
      familySuite(family, () => {
        const local = familyNamed(family.name)?.local ?? null;
        const interpreter = interpreterOf(env)(version.runtime);
        const covered = local !== null && usualRuntime(local, env) === version.runtime;
        const runs = interpreter !== null && runsRelease(interpreter.version, version.release);
        return runs && !covered ? version.runtime : null;
      });
    });
