/**
 * Soaks handlers against real servers that serve one client. The handler that keeps its connection fails, and the fixed handler passes. The
 * soaks have no `--success` (except with sshd), so no flag says what a successful answer is. The servers run on loopback and are stopped
 * after each test.
 */
import { expect } from "chai";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LinkLogRecord } from "../../src/record/link-log.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import {
  ALL_SERVERS,
  type Code,
  type Pair,
  type ServerUnderTest,
  type StartedServer,
} from "../support/servers/all-servers.ts";
import { requireTool, skipWithout } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { run } from "./built-command.ts";

interface Soaked {
  readonly code: number | null;
  readonly said: string;
  readonly result: RunResult;
  readonly links: readonly LinkLogRecord[];
}

/** Adds the tests of one language to the `describe` in which it is called. */
export function testPairs(language: Pair["language"]): void {
  const folder = temporaryFolder();
  const servers: StartedServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map(({ stop }) => stop()));
  });

  const soak = async (
    { link, start, flags = [] }: ServerUnderTest,
    { code, handler }: Code,
    platform: "typical" | "hostile",
    length: readonly string[],
  ): Promise<Soaked> => {
    const server = await start();
    if (server === null) throw new Error("the server was installed before this soak, and now it is not");
    servers.push(server);
    const out = join(folder.path(), `${platform}-${server.port}`);
    const {
      code: exitCode,
      out: text,
      err,
    } = await run(
      [
        ...["soak", "--code", `one=${code}`, ...(handler === null ? [] : ["--handler", handler])],
        ...["--link", link, "--peer", `127.0.0.1:${server.port}`, "--yes", ...flags],
        ...Object.entries(server.variables).flatMap(([key, value]) => ["--env", `${key}=${value}`]),
        // On a busy computer a client may wait for seconds. This limit is longer than the handlers' own limits.
        ...["--function-timeout", "60s"],
        ...["--platform", platform, "--seed", "1", ...length, "--interval", "300ms", "--out", out],
      ],
      folder.path(),
    );
    const said = `${text}\n${err}`;
    if (!existsSync(join(out, "result.json"))) throw new Error(said);
    return {
      code: exitCode,
      said,
      result: JSON.parse(readFileSync(join(out, "result.json"), "utf8")) as RunResult,
      links: readFileSync(join(out, "logs", "link-one.jsonl"), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as LinkLogRecord),
    };
  };

  // A run without an exposure is inconclusive, and on a busy computer the start of one Python environment can take ten seconds. So the
  // failing handler has far more time than it usually needs, and the fixed one has several exposures.
  const untilHarm = ["--duration", "3m", "--stop-on", "harm"];
  const severalExposures = ["--duration", language === "Python" ? "45s" : "30s"];

  const failsAndPasses = async (server: ServerUnderTest, pair: Pair): Promise<void> => {
    const [broken, ...passing] = await Promise.all([
      soak(server, pair.broken, "typical", untilHarm),
      soak(server, pair.fixed, "typical", severalExposures),
      ...(language === "Node" ? [soak(server, pair.fixed, "hostile", severalExposures)] : []),
    ]);
    const [one] = broken.result.functions;
    expect([broken.code, one?.verdict, one?.reasons], broken.said).to.deep.equal([1, "fail", ["harm"]]);
    expect(one?.findings.filter(({ code }) => code === "peer-held")).to.not.have.lengthOf(0);
    const refused = broken.links.filter(({ event, outcome }) => event === "closed" && outcome === "refused");
    expect(new Set(refused.map(({ protocol, code }) => `${protocol} ${code}`))).to.deep.equal(
      new Set([`${server.protocol} ${server.refusal}`]),
    );
    for (const { code, said, result } of passing)
      expect([code, result.functions[0]?.verdict], said).to.deep.equal([0, "pass"]);
    // The link log contains neither the password nor what the client sent after its login, such as a query.
    const links = [broken, ...passing].map((soaked) => soaked.links);
    expect(JSON.stringify(links)).not.to.match(/secret|select|boiler/);
  };

  before(async function () {
    if (language === "Python") await requireTool(this, ["python3", "-m", "pip", "--version"]);
  });

  for (const server of ALL_SERVERS)
    for (const pair of server.pairs.filter((one) => one.language === language))
      it(`fails the handler that keeps its connection, and passes the fixed handler: ${server.name}`, async function () {
        const installed = await server.start();
        if (installed === null) return skipWithout(this, server.name, `${server.name} is not installed`);
        servers.push(installed);
        await failsAndPasses(server, pair);
      });
}
