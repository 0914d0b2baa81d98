/**
 * Runs the same functions with our runtime client and with AWS's, on a Runtime API that keeps the requests. The calls must be equal in
 * order, content types, error types, bodies, log messages and exit codes. comparable.ts removes the accepted differences.
 */
import { expect } from "chai";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ricPackageOf } from "../../../src/adapters/toolchains/node/ric-packages.ts";
import { nodeFor } from "../../../src/adapters/toolchains/node/runtime-nodes.ts";
import { NODE_VERSIONS, type NodeVersion } from "../../../src/catalogue/runtimes/node.ts";
import type { RuntimeClient } from "../../../src/engine/runtime-client.ts";
import { RuntimeClients } from "../../../src/engine/clients/runtime-clients.ts";
import { bootstrapFile, testSnapshot } from "../../engine/support/test-fleet.ts";
import { GROUPS } from "./cases.ts";
import { runClientCase } from "./client-run.ts";
import { comparable } from "./comparable.ts";

export type Variables = Readonly<Record<string, string | undefined>>;
export const CLIENTS = (NODE_VERSIONS as readonly NodeVersion[]).flatMap(({ runtime, state, clientMajor }) =>
  state === "current" ? [[runtime, clientMajor] as const] : [],
);

/**
 * Defines the tests of one runtime. `environment` says in which folder the clients and the Node releases were built. If they were not built,
 * `missing` is called with the reason, and skips or fails the tests.
 */
export function runtimeClientSuite(
  runtime: string,
  environment: () => Variables,
  missing: (test: Mocha.Context, what: string) => void,
): void {
  const folder = mkdtempSync(join(tmpdir(), "longrun-clients-"));
  let ours: RuntimeClient;
  let theirs: RuntimeClient;
  let nodeFile: string;
  before(async function () {
    const built = ricPackageOf(environment());
    nodeFile = nodeFor(runtime, environment()).file;
    if (built(runtime) === null || !existsSync(nodeFile) || nodeFile === process.execPath) {
      missing(
        this,
        `aws-lambda-ric and the Node of ${runtime} are not in the cache: longrun doctor --install-runtimes --install-ric`,
      );
      return;
    }
    const clients = await RuntimeClients.open({
      folder,
      bootstrapFile: bootstrapFile(),
      ricPackageOf: built,
      installedClientOf: () => null,
    });
    ours = clients.ours;
    theirs = await clients.of(testSnapshot({ runtime, codeFolder: folder }), "none");
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [group, cases] of GROUPS)
    for (const [number, tried] of cases.entries())
      if (tried.runtimes?.includes(runtime) ?? true)
        it(`agree on a function that ${group}: ${tried.title}`, async () => {
          const caseFolder = join(folder, `${group.replaceAll(" ", "-")}-${number}`);
          const run = { nodeFile, runtime, folder: caseFolder, tried };
          const [mine, real] = [
            await runClientCase({ ...run, client: ours }),
            await runClientCase({ ...run, client: theirs }),
          ];
          expect(comparable(mine)).to.deep.equal(comparable(real));
        });
}
