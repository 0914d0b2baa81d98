/**
 * Tests soaks against real servers that serve one client. The handler that keeps its connection fails, and its fix passes, although no
 * setting says what a successful answer is. The servers run on loopback and are stopped after each test.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { LinkLogRecord } from "../../src/domain/link-log.ts";
import type { RunResult } from "../../src/domain/run-result.ts";
import { ALL_SERVERS, type ServerUnderTest, type StartedServer } from "../support/servers/all-servers.ts";
import { skipWithout } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

interface Soaked {
  readonly code: number | null;
  readonly said: string;
  readonly result: RunResult;
  readonly links: readonly LinkLogRecord[];
}

describeInTestAll("a real server that serves one client", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();

  const soak = async (
    { link }: ServerUnderTest,
    server: StartedServer,
    { code, platform }: { readonly code: string; readonly platform: string },
  ): Promise<Soaked> => {
    const out = join(folder.path(), `${platform}-${server.port}`);
    const {
      code: exitCode,
      out: text,
      err,
    } = await run(
      [
        ...["soak", "--code", `one=${code}`, "--link", link, "--peer", `127.0.0.1:${server.port}`, "--yes"],
        ...Object.entries(server.variables).flatMap(([key, value]) => ["--env", `${key}=${value}`]),
        ...["--platform", platform, "--seed", "1", "--duration", "20s", "--interval", "300ms", "--out", out],
      ],
      folder.path(),
    );
    return {
      code: exitCode,
      said: `${text}\n${err}`,
      result: JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as RunResult,
      links: readFileSync(join(out, "logs", "link-one.jsonl"), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as LinkLogRecord),
    };
  };

  for (const server of ALL_SERVERS)
    it(`fails the handler that keeps its connection and passes its fix: ${server.name}`, async function () {
      const started: StartedServer[] = [];
      try {
        for (let times = 0; times < 3; times += 1) {
          const one = await server.start();
          if (one === null) return skipWithout(this, server.name, `${server.name} is not installed`);
          started.push(one);
        }
        const [first, second, third] = started;
        if (first === undefined || second === undefined || third === undefined) return;
        const [broken, fixed, hostile] = await Promise.all([
          soak(server, first, { code: server.broken, platform: "typical" }),
          soak(server, second, { code: server.fixed, platform: "typical" }),
          soak(server, third, { code: server.fixed, platform: "hostile" }),
        ]);
        const [one] = broken.result.functions;
        expect([broken.code, one?.verdict, one?.reasons], broken.said).to.deep.equal([1, "fail", ["harm"]]);
        expect(one?.findings.filter(({ code }) => code === "peer-held")).to.not.have.lengthOf(0);
        const refused = broken.links.filter(
          ({ event, outcome }) => event === "closed" && outcome === "refused",
        );
        expect(new Set(refused.map(({ protocol, code }) => `${protocol} ${code}`))).to.deep.equal(
          new Set([`${server.protocol} ${server.refusal}`]),
        );
        for (const { code, said, result } of [fixed, hostile])
          expect([code, result.functions[0]?.verdict], said).to.deep.equal([0, "pass"]);
        // The link log contains neither the password nor any later bytes of the client.
        expect(JSON.stringify([broken.links, fixed.links])).not.to.match(/secret|select|boiler/);
      } finally {
        for (const one of started) await one.stop();
      }
    });
});
