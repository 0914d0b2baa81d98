/** Runs `make verify TARGET=local` against the engine and moto: to its end, interrupted, and killed in the middle of an apply. */
import { expect } from "chai";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath, kill } from "node:process";
import type { VerificationReport } from "../../../scripts/infra/verify/verification-report.ts";
import { RECORDING_FILE, readRecording } from "../../../scripts/infra/verify/recording/recording.ts";
import { playRecording } from "../conformance/recorded/play-recording.ts";
import { ROOT } from "../infra/apply/local-target.ts";

describe("infrastructure: make verify, against the engine and moto", function () {
  this.timeout(900_000);
  const scratch = mkdtempSync(join(tmpdir(), "longrun-verify-"));
  const folder = join(scratch, "data");
  const out = join(scratch, "report");
  after(async () => {
    await ended(start({ CLEAN: "1" }));
    rmSync(scratch, { recursive: true, force: true });
  });

  /** Starts `make verify`'s command in its own process group, so that a signal also reaches Terraform, as with Ctrl-C. */
  function start(variables: Readonly<Record<string, string>> = {}): ChildProcess {
    const given = { AUTO_APPROVE: "1", TARGET: "local", LONGRUN_DATA: folder, OUT: out, NO_COLOR: "1" };
    return spawn(execPath, ["--import", "tsx", join(ROOT, "scripts/infra/infra.ts"), "verify"], {
      cwd: ROOT,
      env: { ...env, ...given, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
  }

  /** Sends `signal` to the process group when the output matches `at`. Resolves when the command has ended. */
  async function ended(
    child: ChildProcess,
    { at, signal }: { readonly at?: RegExp; readonly signal?: NodeJS.Signals } = {},
  ): Promise<{ readonly code: number | null; readonly output: string }> {
    let output = "";
    let sent = at === undefined;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (chunk: string) => {
        output += chunk;
        if (sent || at?.test(output) !== true) return;
        sent = true;
        kill(-(child.pid ?? 0), signal);
      });
    const [code] = (await once(child, "close")) as [number | null];
    expect(sent, output).to.equal(true);
    return { code, output };
  }

  const report = (): VerificationReport =>
    JSON.parse(readFileSync(join(out, "report.json"), "utf8")) as VerificationReport;

  it("creates nothing if it cannot ask the user", async () => {
    const { code, output } = await ended(start({ AUTO_APPROVE: "" }));
    expect([code, existsSync(folder)], output).to.deep.equal([64, false]);
    expect(output).to.match(/one function of 128 MB[^]*expected AUTO_APPROVE=1/);
  });

  it("confirms every row of tier `lambda` that it can check there, and leaves nothing behind", async () => {
    const { code, output } = await ended(start());
    expect(code, output).to.equal(0);
    const { rows, left } = report();
    expect(
      rows.filter(({ outcome }) => outcome !== "not reached").map(({ id, outcome }) => [id, outcome]),
    ).to.have.deep.members(
      [
        ...["deploy", "unused-init", "throttle", "time-out", "crash", "frozen-clock"],
        ...["update", "metric-filter"],
        ...["quota", "taken-names", "state-s3", "nodejs24", "sweep"],
      ].map((id) => [id, "confirmed"]),
    );
    expect([left, existsSync(folder)]).to.deep.equal([[], false]);
    expect(readFileSync(join(out, "report.markdown"), "utf8")).to.contain("| `unused-init` | confirmed |");
    const recording = readRecording(readFileSync(join(out, RECORDING_FILE), "utf8"));
    const { calls, streams } = (await playRecording(recording)).replayed;
    expect([...calls, ...streams].flatMap(({ differs }) => differs ?? [])).to.deep.equal([]);
    expect(streams.length).to.be.at.least(3);
  });

  it("deploys peers and the runner too in tier full, and shows the harm at a peer", async () => {
    const { code, output } = await ended(start({ TIER: "full" }));
    expect(code, output).to.equal(0);
    const { rows, left } = report();
    const seen = new Map(rows.map(({ id, outcome, seen: text }) => [id as string, `${outcome}: ${text}`]));
    for (const id of ["deploy", "state-s3", "whole", "harm", "sweep"])
      expect(seen.get(id), id).to.match(/^confirmed/);
    expect(seen.get("github-roles")).to.equal(
      "not reached: Deployed and destroyed under the role, but moto allows everything.",
    );
    expect([left, existsSync(folder)]).to.deep.equal([[], false]);
  });

  it("if the engine dies during a probe, still runs the other probes, destroys the deployment and looks for leftovers", async () => {
    const engine = (): number =>
      (JSON.parse(readFileSync(join(folder, "services/engine.json"), "utf8")) as { pid: number }).pid;
    const child = start();
    const all = ended(child);
    let output = "";
    child.stderr?.on("data", (chunk: string) => {
      const before = output;
      output += chunk;
      const at = /^throttle: /m;
      if (!at.test(before) && at.test(output)) kill(engine(), "SIGKILL");
    });
    expect((await all).code).to.equal(0);
    const outcomes = new Map(report().rows.map(({ id, outcome, seen }) => [id, `${outcome}: ${seen}`]));
    expect(outcomes.get("crash")).to.match(/^not reached: The probe failed with /);
    expect(outcomes.get("state-s3")).to.match(/^confirmed/);
    expect(outcomes.get("sweep")).to.equal("confirmed: Nothing is left.");
  });

  it("destroys the deployment and looks for leftovers when the user presses Ctrl-C", async () => {
    const { code, output } = await ended(start(), { at: /^deploy: confirmed/m, signal: "SIGINT" });
    expect(code, output).to.equal(130);
    const outcomes = new Map(report().rows.map(({ id, outcome, seen }) => [id, `${outcome}: ${seen}`]));
    expect(outcomes.get("sweep")).to.equal("confirmed: Nothing is left.");
    expect(outcomes.get("metric-filter")).to.equal("not reached: The verification was interrupted.");
    expect(existsSync(folder)).to.equal(false);
  });

  it("refuses to begin again after kill -9 during the apply, and CLEAN=1 removes what was created", async () => {
    // Kills Terraform while it creates a subnet. No resource of the network can be found by a name, so CLEAN=1 must find them by their tag.
    const killed = await ended(start({ TIER: "full" }), {
      at: /aws_subnet\.\S+: Creating/,
      signal: "SIGKILL",
    });
    expect(killed.code).to.equal(null);
    const again = await ended(start());
    expect(again.code, again.output).to.equal(69);
    expect(again.output).to.contain("make verify TARGET=local CLEAN=1");
    const cleaned = await ended(start({ CLEAN: "1" }));
    expect([cleaned.code, existsSync(folder)], cleaned.output).to.deep.equal([0, false]);
    expect(cleaned.output).to.match(/^Nothing is left\.$/m);
    const nothing = await ended(start({ CLEAN: "1" }));
    expect([nothing.code, /There is nothing to remove/.test(nothing.output)]).to.deep.equal([0, true]);
  });
});
