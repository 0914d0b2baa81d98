import { expect } from "chai";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { longrun } from "../../../cli/memory-machine.ts";
import { EXAMPLE, FORMS, type Files } from "../example.ts";

interface Judged {
  readonly verdict: string;
  readonly functions: readonly {
    readonly name: string;
    readonly harm: { readonly total: number };
    readonly exposure: { readonly total: number };
    readonly invocations: unknown;
    readonly environments: readonly { readonly id: string; readonly invocations: number }[];
  }[];
  readonly unreadable: readonly unknown[];
}

function gist(json: string): unknown {
  const { verdict, functions, unreadable } = JSON.parse(json) as Judged;
  return {
    verdict,
    unreadable,
    functions: functions.map(({ name, harm, exposure, invocations, environments }) => ({
      name,
      harm: harm.total,
      exposures: exposure.total,
      invocations,
      environments: environments.map(({ id, invocations: number }) => [id, number]),
    })),
  };
}

describe("analyze: the example logs", () => {
  const folder = temporaryFolder();
  const peerLog = join(EXAMPLE, "gateway.jsonl");
  function write(files: Files): string {
    const path = join(folder.path(), "logs");
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    }
    return path;
  }

  it("get the verdict fail", async () => {
    const { code, out, err } = await longrun([
      "analyze",
      join(EXAMPLE, "events.json"),
      "--peer-log",
      peerLog,
    ]);
    expect({ code, err }).to.deep.equal({ code: 1, err: "" });
    expect(out)
      .to.match(/held the peer/)
      .and.to.match(/INIT WITHOUT\s+INVOKE/);
  });

  let wanted = "";
  before(async () => {
    const events = join(EXAMPLE, "events.json");
    wanted = (await longrun(["analyze", events, "--peer-log", peerLog, "--json"])).out;
  });

  for (const [name, files] of Object.entries(FORMS)) {
    it(`have the result of the original file when they are written as: ${name}`, async () => {
      const { out, err } = await longrun(["analyze", write(files), "--peer-log", peerLog, "--json"]);
      expect(err).to.equal("");
      expect(gist(out)).to.deep.equal(gist(wanted));
    });
  }

  it("have the result of the original file when they come from standard input in pieces of 7 bytes, compressed or not", async () => {
    const alone = await longrun(["analyze", join(EXAMPLE, "events.json"), "--json"]);
    for (const form of [
      "JSON lines in gzip, in a file whose name does not show this",
      "the output of filter-log-events",
    ]) {
      const bytes = Buffer.from(Object.values(FORMS[form] ?? {})[0] ?? "");
      const inputBytes = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
        bytes.subarray(index * 7, index * 7 + 7),
      );
      const { out } = await longrun(["analyze", "-", "--json"], { inputBytes });
      expect(gist(out)).to.deep.equal(gist(alone.out));
    }
  });
});
