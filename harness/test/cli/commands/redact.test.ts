import { expect } from "chai";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goldenCases, unpackCase } from "../../../../scripts/golden/cases.ts";
import { readStories, unpackStory, type Story } from "../../../../scripts/golden/stories.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { longrun } from "../memory-machine.ts";
import { itForAFifth } from "../../support/test-all.ts";

/** Returns the ids, names, addresses and error messages of a run, by which somebody could recognise it. */
function telling(folder: string): readonly string[] {
  const found = new Set<string>();
  for (const path of filesOf(folder)) {
    const content = readFileSync(path, "utf8");
    for (const pattern of [
      /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g,
      /(?<=\])[0-9a-f]{32}/g,
      /\b[a-z]+-connect\b/g,
      /\b127\.0\.0\.1\b/g,
      /\b123456789012\b/g,
      /(?<="errorMessage\\?":\s*\\?")[^"\\]{6,}/g,
      /(?<="codeSha256":\s*")[^"]+/g,
    ])
      for (const [text] of content.matchAll(pattern)) found.add(text);
  }
  return [...found];
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

interface Judged {
  readonly verdict: string;
  readonly functions: readonly {
    readonly verdict: string;
    readonly invocations: unknown;
    readonly findings: readonly { readonly code: string }[];
  }[];
}

async function judged(folder: string): Promise<unknown> {
  const { out } = await longrun(["analyze", folder, "--json"]);
  const { verdict, functions } = JSON.parse(out) as Judged;
  return {
    verdict,
    functions: functions.map((one) => ({
      verdict: one.verdict,
      invocations: one.invocations,
      codes: one.findings.map(({ code }) => code).sort(),
    })),
  };
}

describe("longrun redact", () => {
  const folder = temporaryFolder();
  const runs = goldenCases().filter(({ arguments: given }) => given.length === 1 && given[0] === ".");

  for (const [number, { name }] of runs.entries()) {
    itForAFifth(number)(
      `keeps the judgement of the recorded run ${name}, and none of its ids, names, addresses and error messages`,
      async () => {
        const run = folder.with("run", {});
        unpackCase(name, run);
        const copy = join(folder.path(), "copy");
        const { code, err } = await longrun(["redact", run, "--out", copy]);
        expect({ code, err }).to.deep.equal({ code: 0, err: "" });
        expect(await judged(copy)).to.deep.equal(await judged(run));
        const kept = filesOf(copy).map((path) => path + readFileSync(path, "utf8"));
        expect(telling(run).filter((text) => kept.some((one) => one.includes(text)))).to.deep.equal([]);
      },
    );
  }

  it("removes a copy that would be judged differently, and says so", async () => {
    // A copy replaces names as a whole, so that the parts of names in this peer's log name nobody.
    const [name, story] =
      [...readStories("told")].find(([, { of }]) => of.includes("by parts of their log")) ?? [];
    expect(name).to.be.a("string");
    const run = folder.with("run", {});
    const [path = ""] = unpackStory("story", story as Story, run);
    const copy = join(folder.path(), "copy");
    const { code, err } = await longrun(["redact", join(run, path), "--out", copy]);
    expect(code).to.equal(69);
    expect(err).to.match(/its copy would be judged differently, so it was not kept/);
    expect(existsSync(copy)).to.equal(false);
  });

  it("leaves out unknown members and files, and replaces every text", async () => {
    const run = folder.with("run", {});
    unpackCase("endings", run);
    for (const path of filesOf(run).filter((one) => one.endsWith(".jsonl")))
      writeFileSync(path, readFileSync(path, "utf8").split("\n").map(withSecrets).join("\n"));
    const path = join(run, "manifest.json");
    writeFileSync(path, readFileSync(path, "utf8").replace("{", '{ "note": { "ZQ_KEY": ["zq-secret"] },'));
    writeFileSync(join(run, "notes.txt"), "zq-secret");
    await longrun(["judge", run], { inputLines: ["seal"] });
    const copy = join(folder.path(), "copy");
    expect(await longrun(["redact", run, "--out", copy])).to.deep.include({ code: 0, err: "" });
    expect(readdirSync(copy)).to.include.members(["report.html", "result.json", "junit.xml", "summary.md"]);
    const leaks = filesOf(copy).filter((one) =>
      /zq.?secret|ZQ_KEY|10\.9\.8\.7/i.test(readFileSync(one, "utf8")),
    );
    expect(leaks).to.deep.equal([]);
  });

  it("refuses an output folder that is not empty, a missing --out, and a folder that is not a run", async () => {
    const used = folder.with("used", { "a.txt": "a" });
    const { code, err } = await longrun(["redact", "nowhere", "--out", used]);
    expect(code).to.equal(64);
    expect(err).to.match(/expected a new or an empty folder, but there is something in it/);
    expect((await longrun(["redact", used])).err).to.match(/--out\n\s+expected a folder for the copy/);
    const other = join(folder.path(), "other");
    expect((await longrun(["redact", used, "--out", other])).err).to.match(/expected a run directory/);
    expect(existsSync(other)).to.equal(false);
  });
});

/** Adds secret texts to a line, in members that longrun knows and in unknown members. */
function withSecrets(line: string): string {
  if (line === "") return line;
  const value = JSON.parse(line) as Record<string, unknown>;
  const changed: Record<string, unknown> = {
    ...value,
    ZQ_KEY: "zq-secret",
    nested: { ZQ_KEY: "zq-secret" },
  };
  for (const name of ["errorMessage", "error", "text", "detail", "remote", "upstreamLocal"])
    if (typeof value[name] === "string") changed[name] = "zq-secret at 10.9.8.7:5432";
  if (typeof value["message"] === "string")
    changed["message"] = value["message"]
      .replace('"record":{', '"record":{"ZQ_KEY":"zq-secret","instance":"10.9.8.7",')
      .replace('"errorMessage":"', '"errorMessage":"zq-secret 10.9.8.7 ');
  return JSON.stringify(changed);
}
