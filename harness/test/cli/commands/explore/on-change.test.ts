/** `explore --on-change` and `replay --on-change` run again when the code changes, play the known schedule first, and end with Ctrl-C. */
import { expect } from "chai";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { main } from "../../../../src/cli/main.ts";
import { SCHEDULE_TIMES } from "../../../../src/explore/schedule.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { itOnce } from "../../../support/test-all.ts";
import { longrun, memoryMachine, type MemoryMachine } from "../../memory-machine.ts";

/** Connects in the Init phase, by way of a module of its own. */
const BROKEN = `import { connected } from "./lib/link.mjs";
const first = await connected().then(() => null, (error) => error);
export const handler = async () => { if (first !== null) throw first; };`;
const FIXED = `import { connected } from "./lib/link.mjs";
export const handler = async () => {
  const socket = await connected();
  await new Promise((resolve) => socket.once("close", resolve).end());
};`;
const LINK = `import { connect } from "node:net";
export const connected = () => new Promise((resolve, reject) => {
  const socket = connect(Number(process.env.PEER_PORT), process.env.PEER_HOST);
  socket.once("data", () => resolve(socket)).once("error", reject);
  socket.once("close", () => reject(new Error("closed")));
});`;
const SCHEDULE = {
  schemaVersion: 1,
  function: {
    code: "handler.mjs",
    handler: "handler.handler",
    runtime: "nodejs22.x",
    link: { hostVariable: "PEER_HOST", portVariable: "PEER_PORT" },
  },
  admission: "refuse",
  capacity: 1,
  event: {},
  times: SCHEDULE_TIMES,
  steps: [{ step: "initialise-ahead" }, { step: "invoke", environment: "new" }],
};

describe("--on-change", function () {
  this.timeout(120_000);
  const folder = temporaryFolder();
  const file = (...path: readonly string[]): string => join(folder.path(), ...path);
  const save = (name: string, text: string): void => writeFileSync(file(name), text);

  function start(...command: readonly string[]): { machine: MemoryMachine; ended: Promise<number> } {
    folder.with("lib", { "link.mjs": LINK });
    save("handler.mjs", BROKEN);
    save("schedule.json", JSON.stringify(SCHEDULE));
    const machine = memoryMachine(command, { workingFolder: folder.path() });
    return { machine, ended: main(machine) };
  }

  const waits = (times: number): RegExp => new RegExp(`(?:Waiting for a change[^]*){${times}}`);

  itOnce("of explore: the known schedule first, then a search again", async () => {
    const search = ["explore", "--code", "handler.mjs", "--depth", "2", "--runs", "0", "--out", "out"];
    const { machine, ended } = start(...search, "--on-change");
    await machine.errMatches(waits(1));
    expect(machine.out()).to.include("handler breaks. The shortest schedule has 2 steps");
    save("lib/link.mjs", `${LINK}\nexport const changed = true;\nconsole.log("more");`);
    await machine.errMatches(waits(2));
    expect(machine.out()).to.include("handler: the known schedule still breaks it.");
    save("handler.mjs", FIXED);
    await machine.errMatches(waits(3));
    expect(machine.err()).to.include("handler: the known schedule does not break it any more.");
    expect(machine.out()).to.include("handler: no schedule of up to 2 steps breaks it.");
    expect(existsSync(file("out", "schedule.json"))).to.equal(false);
    expect(JSON.parse(readFileSync(file("out", "explore.json"), "utf8"))).to.include({ found: null });
    machine.send("SIGINT");
    expect(await ended).to.equal(130);
  });

  itOnce(
    "of replay: shows a mistake in the code and waits; a file that is not in the package is no change",
    async () => {
      const { machine, ended } = start("replay", "schedule.json", "--on-change");
      await machine.errMatches(waits(1));
      expect(machine.out()).to.match(/handler: fail \(harm\)\n$/);
      save("notes.txt", "nothing that the handler imports");
      save("handler.mjs", "export const handler = ;");
      const err = await machine.errMatches(waits(2));
      expect(err).to.match(
        /handler\.mjs\n.*expected a module that can be bundled, but handler\.mjs:1: Unexpected ";"/,
      );
      expect(machine.out().match(/^handler: /gm)).to.have.lengthOf(1);
      save("handler.mjs", FIXED);
      await machine.outMatches(/handler: pass\n/);
      await machine.errMatches(waits(3));
      machine.send("SIGINT");
      expect(await ended).to.equal(130);
      expect(machine.exits).to.deep.equal([]);
    },
  );

  it("ends a search that is still running with Ctrl-C, and shows nothing of it", async () => {
    const search = ["explore", "--code", "handler.mjs", "--depth", "3", "--out", "out"];
    const { machine, ended } = start(...search, "--on-change");
    await machine.errMatches(/1 step: /);
    machine.send("SIGINT");
    expect(await ended).to.equal(130);
    expect(machine.out()).to.equal("");
    expect(existsSync(file("out"))).to.equal(false);
  });

  it("is refused for a shipped design and with --json", async () => {
    const options = { workingFolder: folder.path() };
    const explore = await longrun(
      ["explore", "--function", "init-connect", "--on-change", "--json"],
      options,
    );
    expect(explore.code).to.equal(64);
    expect(explore.err)
      .to.include("works only with --code: a shipped design does not change")
      .and.to.include("does not work with --json, which prints one result");
    save("design.json", JSON.stringify({ ...SCHEDULE, function: { design: "init-connect" } }));
    const replay = await longrun(["replay", "design.json", "--on-change"], options);
    expect(replay.code).to.equal(64);
    expect(replay.err).to.include("works only with --code");
  });
});
