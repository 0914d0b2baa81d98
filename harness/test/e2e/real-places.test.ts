/**
 * Tests soaks with two invocations in flight against a real Postgres whose role may have two connections. The handler that connects in the Init
 * phase fails, and all holders are named; its fix passes.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FunctionResult } from "../../src/result/function-result.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { startPostgres } from "../support/servers/postgres.ts";
import { skipWithout } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

const example = (name: string): string =>
  fileURLToPath(new URL(`../../../examples/postgres/${name}.mjs`, import.meta.url));

describeInTestAll("a soak against a real Postgres with two places", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();

  const soak = async (code: string, platform: string, inFlight = 2): Promise<FunctionResult | null> => {
    const server = await startPostgres({ roleLimit: 2 });
    if (server === null) return null;
    const out = join(folder.path(), `${code}-${platform}-${inFlight}`);
    try {
      const { err } = await run(
        [
          ...["soak", "--code", `one=${example(code)}`, "--link", "DATABASE_URL", "--yes"],
          ...["--peer", `127.0.0.1:${server.port}`, "--env", `DATABASE_URL=${server.url}`],
          ...["--reserved-concurrency", String(inFlight), "--capacity", "2"],
          ...["--platform", platform, "--seed", "1"],
          ...["--duration", "20s", "--interval", "500ms", "--out", out],
        ],
        folder.path(),
      );
      const [one] = (JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as RunResult).functions;
      if (one === undefined) throw new Error(err);
      return one;
    } finally {
      await server.stop();
    }
  };

  it("fails the handler that connects in Init, and names all holders", async function () {
    const one = await soak("init-connect", "typical");
    if (one === null) return skipWithout(this, "Postgres", "Postgres is not installed");
    expect([one.verdict, one.reasons], JSON.stringify(one.findings)).to.deep.equal(["fail", ["harm"]]);
    const most = one.harm.windows.map((window) =>
      window.code === "places-held" ? [window.parameters.idlePlaces, window.parameters.holders.length] : [],
    );
    expect(most).to.deep.include([2, 2]);
  });

  for (const platform of ["typical", "hostile"])
    it(`passes the fixed handler with the platform profile ${platform}`, async function () {
      const one = await soak("handler-connect", platform);
      if (one === null) return skipWithout(this, "Postgres", "Postgres is not installed");
      expect([one.verdict, one.reasons], JSON.stringify(one.findings)).to.deep.equal(["pass", []]);
      expect(one.places?.capacity).to.equal(2);
    });

  it("explains every refusal of the fixed handler by the capacity if three invocations run at one time", async function () {
    const one = await soak("handler-connect", "typical", 3);
    if (one === null) return skipWithout(this, "Postgres", "Postgres is not installed");
    const causes = new Set(
      one.invocationList.filter(({ outcome }) => outcome !== "succeeded").map(({ cause }) => cause),
    );
    expect([one.verdict, one.reasons, ...causes], JSON.stringify(one.findings)).to.deep.equal([
      "inconclusive",
      ["capacity"],
      "peer-full",
    ]);
  });
});
