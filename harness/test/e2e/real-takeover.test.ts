/**
 * Tests soaks against a real MQTT broker that serves any number of clients, but only one connection for each client id: it ends the older
 * connection. In a function that fails, all environments have the same id. In the fixed function, each environment has an id of its own.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { FunctionResult } from "../../src/result/function-result.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { startMqttBroker } from "../support/servers/mqtt-broker.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const example = (name: string): string => pathOf(`../../../examples/mqtt/${name}.mjs`);

describeInTestAll(
  "a soak against a real MQTT broker that serves one connection for each client id",
  function () {
    this.timeout(300_000);
    const folder = temporaryFolder();

    const soak = async (
      code: string,
      name: string,
      more: readonly string[],
    ): Promise<{ readonly code: number | null; readonly one: FunctionResult; readonly said: string }> => {
      const broker = await startMqttBroker(Infinity);
      const out = join(folder.path(), name);
      const address = `127.0.0.1:${broker.port}`;
      try {
        const ended = await run(
          [
            ...["soak", "--code", `one=${code}`, "--link", "BROKER_URL", "--yes", "--out", out],
            ...["--peer", address, "--env", `BROKER_URL=mqtt://${address}`],
            ...["--seed", "1", "--duration", "20s", ...more],
          ],
          folder.path(),
        );
        const [one] = (JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as RunResult).functions;
        if (one === undefined) throw new Error(ended.err);
        return { code: ended.code, one, said: `${ended.out}\n${ended.err}` };
      } finally {
        await broker.stop();
      }
    };

    it("fails a function whose environments share one client id, and passes the fixed function", async () => {
      const hostile = ["--platform", "hostile", "--interval", "300ms"];
      const [broken, fixed] = await Promise.all([
        soak(example("shared-client-id"), "broken", hostile),
        soak(example("handler-connect"), "fixed", hostile),
      ]);
      const { one } = broken;
      expect([broken.code, one.verdict, one.reasons], broken.said).to.deep.equal([1, "fail", ["harm"]]);
      const pairs = one.takenOver?.pairs.map(({ evicter, victim }) => `${evicter} ${victim}`);
      for (const { holder, environments } of one.harm.windows)
        expect(pairs).to.include(`${holder} ${environments.join(" ")}`);
      expect(one.invocationList.filter(({ takenOver }) => takenOver?.waitedMs === null)).to.have.lengthOf(
        one.harm.total,
      );
      expect(one.places?.peakPlaces).to.equal(1);
      const { one: passed, said } = fixed;
      expect([fixed.code, passed.verdict, passed.takenOver?.total], said).to.deep.equal([0, "pass", 0]);
      expect(passed.findings.map(({ code }) => code)).to.include("none-taken-over");
    });

    it("has a finding about clients that take the connection in turn, and fails by the threshold for such clients", async () => {
      const { code, one, said } = await soak(
        pathOf("../support/servers/handlers/mqtt-reconnecting.mjs"),
        "in-turn",
        [
          ...["--platform", "calm", "--interval", "2500ms", "--reserved-concurrency", "2", "--capacity", "1"],
          ...["--threshold", "takenOver.inTurn < 1"],
        ],
      );
      expect([code, one.verdict, one.reasons], said).to.deep.equal([1, "fail", ["threshold"]]);
      const inTurn = one.findings.filter((finding) => finding.code === "taken-over-in-turn");
      expect(inTurn).to.not.have.lengthOf(0);
      for (const finding of inTurn) expect(finding.parameters).to.include({ reconnecting: true });
      expect(one.takenOver?.delayed).to.be.above(0);
      expect(one.places?.peakPlaces).to.equal(1);
    });
  },
);
