/**
 * Tests the question that `explore` asks before it starts. Also tests that `replay` plays the schedule that `explore` found, and reports a
 * file that cannot be read.
 */
import { expect } from "chai";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { designPackageFile } from "../../src/adapters/node/assets.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { itInTestAll, itOnce } from "../support/test-all.ts";
import { longrun } from "./memory-machine.ts";

describe("explore", () => {
  const folder = temporaryFolder();
  const deep = (answer: string | null) =>
    longrun(["explore", "--function", "init-connect", "--depth", "9", "--out", "out"], {
      workingFolder: folder.path(),
      answer,
    });

  itOnce("refuses a search that would take years, if no user can be asked", async () => {
    const { code, out, err } = await deep(null);
    expect({ code, out }).to.deep.equal({ code: 64, out: "" });
    expect(err)
      .to.match(/^--depth 9 means 15,090 to 115,482,304,227 schedules/)
      .and.to.include(
        "longrun explore: expected --yes, because the search may take long and no user can be asked.",
      );
    expect(existsSync(join(folder.path(), "out"))).to.equal(false);
  });

  it("does not start a search that would take years if the user answers no", async () => {
    expect((await deep("n")).code).to.equal(130);
    expect(existsSync(join(folder.path(), "out"))).to.equal(false);
  });
});

describe("explore --provoke", () => {
  const folder = temporaryFolder();

  itOnce("finds: invoke version 1, invoke version 2; the fix passes this schedule", async () => {
    const command = "explore --provoke versions --function init-connect --runs 0 --out out".split(" ");
    const { code, out, err } = await longrun(command, { workingFolder: folder.path() });
    expect(code, err).to.equal(1);
    expect(out).to.include("init-connect breaks. The shortest schedule has 2 steps");
    const schedule = JSON.parse(readFileSync(join(folder.path(), "out/schedule.json"), "utf8")) as object;
    expect(schedule).to.deep.include({
      steps: [
        { step: "invoke-version", version: 1 },
        { step: "invoke-version", version: 2 },
      ],
    });
    const again = await longrun(["replay", "out/schedule.json"], { workingFolder: folder.path() });
    expect(again.out).to.match(/init-connect: fail \(harm\)\n$/);
    const fixed = await longrun(["replay", "out/schedule.json", "--function", "handler-connect"], {
      workingFolder: folder.path(),
    });
    expect(fixed.code, fixed.err).to.equal(0);
    expect(fixed.out)
      .to.include("3. Version 1 is invoked in environment 1. It succeeds.")
      .and.to.match(/handler-connect: pass\n$/);
  });
});

describe("explore with a function that never succeeds", () => {
  const folder = temporaryFolder();

  itOnce("is inconclusive, and shows the error once", async () => {
    const handler = `import { connect } from "node:net";
export const handler = () => new Promise((_, reject) => {
  const socket = connect(Number(process.env.PEER_PORT), process.env.PEER_HOST);
  socket.once("connect", () => socket.end());
  socket.once("close", () => reject(new TypeError("no recipe in the event")));
  socket.on("error", () => {});
});`;
    writeFileSync(join(folder.path(), "cook.mjs"), handler);
    const search = ["explore", "--code", "cook.mjs", "--depth", "1", "--runs", "0", "--out", "out"];
    const { code, out, err } = await longrun(search, { workingFolder: folder.path() });
    expect(code, err).to.equal(2);
    expect(out.replace(/\s+/g, " "))
      .to.match(
        /^cook: the search shows nothing, because no invocation succeeded\. \d+ failed: TypeError: no recipe in the event\. /,
      )
      .and.to.include("--event")
      .and.not.to.include("breaks it, nor");
    expect(out.split("no recipe in the event")).to.have.lengthOf(2);
    const { invocations } = JSON.parse(readFileSync(join(folder.path(), "out/explore.json"), "utf8")) as {
      invocations: { succeeded: number; failed: number; error: { text: string; times: number } };
    };
    expect(invocations).to.deep.equal({
      succeeded: 0,
      failed: invocations.failed,
      error: { text: "TypeError: no recipe in the event", times: invocations.failed },
    });
  });
});

describe("explore with the address of a real server", () => {
  const folder = temporaryFolder();
  /** This handler sends a command of Redis, and fails if the answer is not one of Redis. */
  const redis = `import { connect } from "node:net";
export const handler = () => new Promise((resolve, reject) => {
  const socket = connect(Number(process.env.PORT), process.env.HOST);
  socket.write("*1\\r\\n$4\\r\\nPING\\r\\n");
  socket.once("data", (data) => { socket.destroy(); reject(new Error("no answer of Redis")); });
  socket.on("error", reject);
});`;
  const search = (...flags: readonly string[]) => {
    writeFileSync(join(folder.path(), "mine.mjs"), redis);
    const found = ["--code", "mine.mjs", "--depth", "1", "--runs", "0", "--out", "out"];
    return longrun(["explore", ...found, ...flags], { workingFolder: folder.path() });
  };
  const onOneLine = (text: string): string => text.replace(/\s+/g, " ");

  for (const [url, title] of [
    ["postgresql://fn:secret@db.internal:5432/app", "Postgres"],
    ["jdbc:mariadb://db.internal:3306/app", "MySQL"],
    ["mqtts://broker.internal:8883", "MQTT"],
  ] as const)
    it(`refuses a URL that names a ${title} server, and says which command uses such a server`, async () => {
      const { code, err } = await search("--link", "URL", "--env", `URL=${url}`);
      expect(code).to.equal(64);
      expect(onOneLine(err)).to.include(
        `--link URL it names a ${title} server, but this command connects the function to a peer of longrun's own, which does not speak ${title}. longrun soak uses your own server`,
      );
      expect(existsSync(join(folder.path(), "out"))).to.equal(false);
    });

  it("says that longrun does not connect to the address, and refuses a handler that speaks a server's protocol", async () => {
    const variables = ["--env", "HOST=cache.internal", "--env", "PORT=6379"];
    const { code, err } = await search("--link", "HOST:PORT", ...variables);
    expect(code).to.equal(64);
    expect(onOneLine(err))
      .to.include("each environment: cache.internal:6379 is not reached. longrun soak uses your own server.")
      .and.to.include("mine.handler speaks Redis, and the peer of a search is longrun's own, which does not")
      .and.to.include("no answer of Redis");
  });
});

describe("replay", () => {
  const folder = temporaryFolder();

  itInTestAll("plays the schedule that explore --code wrote, with the same verdict", async () => {
    const code = designPackageFile("init-connect");
    const workingFolder = folder.path();
    const search = ["explore", "--code", code, "--handler", "handler.handler", "--depth", "2", "--runs", "0"];
    const found = await longrun([...search, "--stranger", "gateway", "--out", "search"], { workingFolder });
    expect(found.code, found.err).to.equal(1);
    expect(JSON.parse(readFileSync(join(workingFolder, "search/schedule.json"), "utf8"))).to.deep.include({
      strangers: ["gateway"],
    });
    const played = await longrun(["replay", "search/schedule.json"], { workingFolder });
    expect(played.code, played.err).to.equal(1);
    expect(played.out).to.include("init-connect: fail");
  });

  it("reports a missing schedule as the only mistake", async () => {
    const { code, err } = await longrun(["replay"], { workingFolder: folder.path() });
    expect(code).to.equal(64);
    expect(err)
      .to.include("one thing is wrong")
      .and.to.include("expected a schedule.json, as explore writes it\n");
  });

  it("reports wrong values, flags of the other target and a missing file together", async () => {
    const wrong = ["replay", "nofile.json", "--target", "aws", "--interval", "3x", "--code", "x.mjs"];
    const { code, err } = await longrun(wrong, { workingFolder: folder.path() });
    expect(code).to.equal(64);
    for (const said of [
      "3 things are wrong",
      "--interval 3x",
      "works only with --target local",
      "nofile.json",
    ])
      expect(err).to.include(said);
  });

  for (const [what, given, says] of [
    ["a file that does not exist", "nofile.json", "but no file or folder has this name"],
    ["a folder", ".", "but it is a folder"],
    ["a file that is not JSON", "torn.json", "expected JSON"],
  ] as const) {
    it(`refuses ${what}, and says why`, async () => {
      writeFileSync(join(folder.path(), "torn.json"), "{");
      const { code, err } = await longrun(["replay", given], { workingFolder: folder.path() });
      expect(code).to.equal(64);
      expect(err)
        .to.include(says)
        .and.not.to.match(/E[A-Z]{4,}/);
    });
  }
});
