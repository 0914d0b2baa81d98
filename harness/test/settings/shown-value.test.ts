/** A wrong value of a flag can be a secret that was given to the wrong flag or in a wrong form. */
import { expect } from "chai";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { longrun } from "../cli/memory-machine.ts";

const SECRET = "zq-secret";
const SOAK = ["soak", "--function", "init-connect"] as const;

describe("a message about a wrong value", () => {
  const folder = temporaryFolder();
  const cases: readonly (readonly [wrong: readonly string[], shows: RegExp])[] = [
    [["--env", `1KEY=${SECRET}`], /--env …\n/],
    [["--env", `AWS_REGION=${SECRET}`], /--env AWS_REGION=…\n/],
    [["--env", SECRET], /--env …\n/],
    [[`--env=AWS_REGION=${SECRET}`], /--env AWS_REGION=…\n/],
    [
      ["--env", "TEXT=two", SECRET],
      /the word after --env\n\s+expected a flag; a value with spaces needs quotes/,
    ],
    [["--peer", `postgres://me:${SECRET}@db:5432`], /--peer …\n/],
    [["--peer", `db=me:${SECRET}@db`], /--peer db=…\n/],
    [["--link", `DB=postgres://me:${SECRET}@db`], /--link DB=…\n/],
    [["--endpoint", `me:${SECRET}@host`], /--endpoint …\n/],
    [["--endpoint", `http://me:${SECRET}@127.0.0.1:9`], /--endpoint …\n\s+expected a URL .*without user/],
    [["--endpoint", `http://${SECRET}@127.0.0.1:9`], /--endpoint …\n/],
    [["--endpoint", `http://127.0.0.1:9/?token=${SECRET}`], /--endpoint …\n/],
    [["--event", `{"password": ${SECRET}}`], /--event …\n\s+expected JSON: Unexpected token/],
    [["--event", `{"password": "${SECRET}"`], /--event …\n\s+expected JSON: Expected/],
    [["--event", `postgres://me:${SECRET}@db`], /--event …\n\s+expected JSON, or a file that can be read/],
    [["--event", `password=${SECRET}`], /--event …\n/],
    [["--event", `password ${SECRET}`], /--event …\n/],
    [["--event", `me:${SECRET}`], /--event …\n/],
  ];
  for (const [wrong, shows] of cases) {
    it(`does not show it: ${wrong.join(" ")}`, async () => {
      const { code, out, err } = await longrun([...SOAK, ...wrong]);
      expect({ code, out }).to.deep.equal({ code: 64, out: "" });
      expect(err).to.match(shows);
      expect(err).not.to.include(SECRET);
    });

    it(`shows it with --show-values: ${wrong.join(" ")}`, async () => {
      const { err } = await longrun([...SOAK, "--show-values", ...wrong]);
      expect(err).to.include(SECRET);
    });
  }

  it("in a profile file or in a file with an event does not show it", async () => {
    folder.with("in", {
      "a.yaml": `env:\n  AWS_REGION: ${SECRET}\npeer: me:${SECRET}@db\n`,
      "event.yaml": `event: postgres://me:${SECRET}@db\nendpoint: http://me:${SECRET}@127.0.0.1:9\n`,
      "event.json": `{"password": ${SECRET}`,
      "outputs.json": `{"password": ${SECRET}`,
      "endpoint.json": JSON.stringify({
        region: "us-east-1",
        endpoint: `http://me:${SECRET}@127.0.0.1:9`,
        functions: { a: { name: "init-connect" } },
      }),
    });
    for (const flags of [
      ["--profile", "in/a.yaml"],
      ["--profile", "in/event.yaml"],
      ["--event", "in/event.json"],
      ["--terraform-outputs", "in/outputs.json"],
      ["--terraform-outputs", "in/endpoint.json"],
    ]) {
      const { code, err } = await longrun([...SOAK, ...flags], { workingFolder: folder.path() });
      expect(code, err).to.equal(64);
      expect(err).not.to.include(SECRET);
    }
  });

  it("about another flag does not show a value that --env has", async () => {
    const { err } = await longrun([...SOAK, "--env", `TOKEN=${SECRET}`, "--function", `other/${SECRET}`]);
    expect(err).to.include("--function other/***TOKEN***");
    expect(err).not.to.include(SECRET);
  });
});
