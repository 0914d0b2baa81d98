/**
 * Tests that the true history of recorded runs and of new soaks fits, and that the theory never contradicts the judge of today. This command
 * writes the table of docs/judgement.md:
 * LONGRUN_RENEW_TABLES=1 npx mocha harness/test/theory/judge-hypotheses/recorded-runs.test.ts
 */
import { expect } from "chai";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { goldenCases, unpackCase } from "../../../../scripts/golden/cases.ts";
import { ADMISSIONS } from "../../../src/words/admission.ts";
import { run } from "../../e2e/built-command.ts";
import { startDevice } from "../../support/devices/device.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { itInTestAll } from "../../support/test-all.ts";
import { judgeTwice, type BothJudges } from "../recorded/both-judges.ts";

const PAGE = new URL("../../../../docs/judgement.md", import.meta.url);
const BLOCK = /(<!-- begin: made from the recorded runs[^\n]*-->\n)([^]*?)(<!-- end -->)/;

/**
 * An invocation that the plan crashed before it made an attempt. The theory names the holder of the latest attempt of its process, the judge
 * of today the holder of the attempt in Init, which had ended long before.
 */
const OTHER_HOLDER = ["five-designs init-connect 288a685a-45c4-483c-b640-48b8abcc602a"];

/** Resolves with the connection once the device has greeted it. */
const OPEN = `import { connect } from "node:net";
const open = (once) => new Promise((served, failed) => {
  const socket = connect(Number(process.env.PEER_PORT), process.env.PEER_HOST);
  const timer = setTimeout(() => (socket.destroy(), failed(new Error("no answer"))), 1500);
  socket.once("data", (bytes) => {
    clearTimeout(timer);
    if (once) socket.end();
    String(bytes).startsWith("OK") ? served(once ? "done" : socket) : failed(new Error("busy"));
  });
  socket.on("error", failed).on("close", () => (clearTimeout(timer), failed(new Error("closed"))));
});
`;
const KEEPS = `export const handler = async () => {
  const socket = first;
  if (socket === null || socket.destroyed) first = await open(false);
  return "done";
};
`;

type Answers = BothJudges["answers"];

/** Where one finds harm and the other knows that there is none. */
const opposite = ({ today, theory }: Answers[number]): boolean =>
  today !== theory && today !== "unknown" && theory !== "unknown";

function row(name: string, { functionName, theory, answers }: BothJudges): string {
  const count = (today: string, other: string): number =>
    answers.filter((one) => one.today === today && one.theory === other).length;
  const cells = [
    `${name} ${functionName}`,
    ...[theory, count("found", "found"), count("clear", "clear")],
    ...[
      count("unknown", "found") + count("unknown", "clear"),
      count("found", "unknown"),
      count("clear", "unknown"),
    ],
  ];
  return `| ${cells.join(" | ")} |`;
}

const HEAD = [
  "| run and function | the recorded history | both found | both clear | only the theory decides | only today finds | only today clears |",
  "| --- | --- | --- | --- | --- | --- | --- |",
];

function check(name: string, judged: readonly BothJudges[]): void {
  for (const { functionName, ownPeer, theory, answers } of judged) {
    if (ownPeer)
      expect(theory, `${name} ${functionName}`).to.be.oneOf(["fits", "too many histories", "no facts"]);
    expect(answers.filter(opposite), `${name} ${functionName}`).to.deep.equal([]);
    const others = answers
      .filter(({ sameHolder }) => sameHolder === false)
      .map(({ invocation }) => `${name} ${functionName} ${invocation}`);
    expect(others.filter((one) => !OTHER_HOLDER.includes(one))).to.deep.equal([]);
  }
}

describe("the theory and the judge of today", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();

  it("never contradict each other about a recorded run, and the page has what they say", () => {
    const rows = [...HEAD];
    for (const { name } of goldenCases()) {
      const own = join(folder.path(), name);
      mkdirSync(own);
      unpackCase(name, own);
      // Logs without a run have no links.
      if (!existsSync(join(own, "manifest.json"))) continue;
      const judged = judgeTwice(own);
      check(name, judged);
      rows.push(...judged.filter(({ theory }) => theory !== "no facts").map((one) => row(name, one)));
    }
    const page = readFileSync(PAGE, "utf8");
    const renewed = page.replace(
      BLOCK,
      (_, begin: string, __, end: string) => `${begin}\n${rows.join("\n")}\n\n${end}`,
    );
    if (process.env["LONGRUN_RENEW_TABLES"] === "1") writeFileSync(PAGE, renewed);
    else expect(page.split("\n")).to.deep.equal(renewed.split("\n"));
  });

  it("fit no history of a server that cannot have written the peer's log", () => {
    const own = join(folder.path(), "wrong");
    unpackCase("the-fix", own);
    const [failing] = judgeTwice(own, { capacity: { places: 2, given: true } });
    expect(failing?.theory).to.equal("does not fit");
  });

  it("never contradict each other about new soaks with our own peer, whatever its admission, and all of them fit", async () => {
    await Promise.all(
      ADMISSIONS.map((admission) =>
        run(
          [
            ...[
              "soak",
              "--function",
              "init-connect",
              "--function",
              "lazy-connect",
              "--function",
              "handler-connect",
            ],
            ...["--platform", "hostile", "--seed", "3", "--admission", admission],
            ...["--duration", "10s", "--interval", "500ms", "--out", admission],
          ],
          folder.path(),
        ),
      ),
    );
    for (const admission of ADMISSIONS) {
      const judged = judgeTwice(join(folder.path(), admission));
      check(admission, judged);
      expect(judged.map(({ theory }) => theory)).to.deep.equal(["fits", "fits", "fits"]);
      const decided = judged.flatMap(({ answers }) => answers.filter(({ theory }) => theory !== "unknown"));
      expect(decided).to.not.deep.equal([]);
    }
  });

  itInTestAll(
    "decide about the fix at own devices, which the judge of today leaves open, and find the failing design",
    async () => {
      writeFileSync(join(folder.path(), "fix.mjs"), `${OPEN}export const handler = () => open(true);\n`);
      writeFileSync(
        join(folder.path(), "failing.mjs"),
        `${OPEN}let first = await open(false).catch(() => null);\n${KEEPS}`,
      );
      const soaks = [
        ...(["close", "not-listen", "say-busy", "wait"] as const).map((whenFull) => ({
          whenFull,
          code: "fix",
        })),
        { whenFull: "say-busy" as const, code: "failing" },
      ];
      const judged = await Promise.all(
        soaks.map(async ({ whenFull, code }) => {
          const device = await startDevice({ whenFull, greeting: "OK\n" });
          const out = `${whenFull}-${code}`;
          try {
            await run(
              [
                ...["soak", "--code", `${code}.mjs`, "--peer", `127.0.0.1:${device.port}`, "--yes"],
                ...[
                  "--platform",
                  "typical",
                  "--seed",
                  "1",
                  "--duration",
                  "15s",
                  "--interval",
                  "750ms",
                  "--out",
                  out,
                ],
              ],
              folder.path(),
            );
          } finally {
            await device.stop();
          }
          return judgeTwice(join(folder.path(), out));
        }),
      );
      judged.forEach((one, index) => check(`${soaks[index]?.whenFull} ${soaks[index]?.code}`, one));
      const said = judged.map((one) => one.flatMap(({ answers }) => answers));
      const fixes = said.slice(0, 4).flat();
      expect(new Set(fixes.map(({ theory }) => theory))).to.deep.equal(new Set(["clear"]));
      expect(fixes.filter(({ today }) => today === "unknown")).to.not.deep.equal([]);
      expect(said[4]?.some(({ theory, sameHolder }) => theory === "found" && sameHolder === true)).to.equal(
        true,
      );
    },
  );
});
