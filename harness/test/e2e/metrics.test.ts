import { expect } from "chai";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { run, start } from "./built-command.ts";
import { itInTestAll, itOnce } from "../support/test-all.ts";

describe("longrun soak --metrics", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  const soak = (address: string): readonly string[] =>
    [
      `soak --function init-connect --platform typical --seed 1 --interval 200ms --duration 90s`,
      `--out run --metrics ${address}`,
    ].flatMap((flags) => flags.split(" "));

  itInTestAll("serves metrics during the run, including the verdict so far", async () => {
    const started = start(soak(":0"), { cwd: folder.path() });
    const url = /metrics: (http:\/\/127\.0\.0\.1:\d+\/metrics)\n/.exec(
      await started.errMatches(/metrics: .*\n/),
    )?.[1];
    const scrape = (): Promise<string> =>
      fetch(url ?? "").then(
        (answer) => answer.text(),
        () => "",
      );
    let over = false;
    void started.ended.then(() => (over = true));
    let seen = "";
    while (!over && !seen.includes('longrun_verdict{function="init-connect",verdict="fail"} 1')) {
      const text = await scrape();
      if (text !== "") seen = text;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    started.child.kill("SIGINT");
    const { code, err } = await started.ended;
    expect(code, err).to.equal(130);
    expect(seen).to.match(/longrun_harmed_invocations\{function="init-connect"\} [1-9]/);
    expect(seen).to.match(/longrun_exposures\{function="init-connect"\} [1-9]/);
    expect(seen).to.match(/longrun_invocations_total\{function="init-connect",outcome="succeeded"\} [1-9]/);
    expect(seen).to.match(/longrun_invocation_latency_seconds_count\{function="init-connect"\} [1-9]/);
  });

  itOnce("starts nothing and leaves no folder if the port is in use", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const { code, err } = await run(soak(`127.0.0.1:${port}`), folder.path());
    other.close();
    expect([code, existsSync(join(folder.path(), "run"))]).to.deep.equal([69, false]);
    expect(err).to.include("something listens there already");
  });

  itOnce("refuses a value that is not an address", async () => {
    const { code, err } = await run(soak("9464"), folder.path());
    expect(code).to.equal(64);
    expect(err).to.include("expected :PORT or HOST:PORT such as :9464");
  });
});
