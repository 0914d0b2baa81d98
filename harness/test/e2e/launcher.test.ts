/**
 * Runs functions in Ruby and .NET with the built command. Neither Ruby nor .NET has to be installed, because a program on Node takes the place of
 * their runtime client.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execPath } from "node:process";
import type { Manifest } from "../../src/record/manifest.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { CUSTOM_RUNTIME } from "../engine/support/custom-runtime.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

describeInTestAll("--launcher", () => {
  const folder = temporaryFolder();
  const lengths = ["--duration", "2s", "--interval", "500ms", "--settle", "1s", "--platform", "calm"];
  /** The runtime client is in the package, because an environment does not see this machine's /tmp. */
  const CLIENT = { client: CUSTOM_RUNTIME };
  const LAUNCHER = `"${execPath}" client`;

  for (const [language, files, runtime] of [
    ["Ruby", { "app.rb": "" }, "ruby3.4"],
    [".NET", { "App.dll": "", "App.runtimeconfig.json": "{}" }, "dotnet10"],
  ] as const) {
    it(`starts a function in ${language} in a soak, and the result names the launcher`, async () => {
      const code = folder.with("code", { ...files, ...CLIENT });
      const flags = ["--code", code, "--launcher", LAUNCHER];
      const { code: exit, err } = await run(["soak", ...flags, ...lengths, "--out", "run"], folder.path());
      expect([0, 1, 2], err).to.include(exit);
      const read = <T>(name: string): T =>
        JSON.parse(readFileSync(join(folder.path(), "run", name), "utf8")) as T;
      const [one] = read<RunResult>("result.json").functions;
      expect(one?.invocations.functionErrors, err).to.equal(0);
      expect(one?.invocations.succeeded).to.be.greaterThan(0);
      const family = language === "Ruby" ? "ruby" : "dotnet";
      expect(one?.runtime).to.deep.equal({ name: runtime, family, ranOn: LAUNCHER });
      expect(read<Manifest>("manifest.json").functions[0]).to.include({ runtime, ranOn: LAUNCHER });
    });

    it(`is required: explore and soak refuse a function in ${language} without it`, async () => {
      const code = folder.with("code", files);
      for (const name of ["soak", "explore"]) {
        const { code: exit, err } = await run([name, "--code", code], folder.path());
        expect([exit, err], name).to.satisfy(
          ([status, text]: [number, string]) =>
            status === 64 && text.includes(`expected --launcher too for ${runtime}:`),
        );
      }
    });
  }

  it("is used by explore, which reports that the function does not connect to the peer", async () => {
    const code = folder.with("code", { "app.rb": "", ...CLIENT });
    const flags = ["--code", code, "--launcher", LAUNCHER, "--depth", "1", "--runs", "0", "--yes"];
    const { err } = await run(["explore", ...flags], folder.path());
    expect(err).to.include(`runtime ruby3.4 on ${LAUNCHER}, handler app.handler`);
    expect(err).to.include("does not connect to the peer");
  });
});
