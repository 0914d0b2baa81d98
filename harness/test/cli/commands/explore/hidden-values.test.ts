/** Values of `--env` that a handler throws must be in nothing that `explore` and `replay` print or write, unless the user asks for it. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { SCHEDULE_TIMES } from "../../../../src/explore/schedule.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { itInTestAll, itOnce } from "../../../support/test-all.ts";
import { longrun } from "../../memory-machine.ts";

const HANDLER = `import { connect } from "node:net";
export const handler = () => new Promise((_, reject) => {
  const { PEER_HOST, PEER_PORT, PW, DBURL } = process.env;
  const socket = connect(Number(PEER_PORT), PEER_HOST);
  socket.on("error", () => {}).once("close", () => reject(new Error("bad " + PW + " at " + DBURL)));
  socket.once("data", () => socket.end()).write("?\\n");
});`;
const VARIABLES = ["--env", "PW=hunter2secret", "--env", "DBURL=postgres://u:pw@h/db"];
const SECRETS = /hunter2secret|u:pw@h/;

const HIDDEN = "bad ***PW*** at ***DBURL***";
const SHOWN = "bad hunter2secret at postgres://u:pw@h/db";
const SCHEDULE = {
  schemaVersion: 1,
  function: {
    code: "sec.mjs",
    handler: "sec.handler",
    runtime: "nodejs22.x",
    environment: { PW: null, DBURL: null },
    link: { hostVariable: "PEER_HOST", portVariable: "PEER_PORT" },
  },
  admission: "refuse",
  capacity: 1,
  event: {},
  times: SCHEDULE_TIMES,
  steps: [{ step: "invoke", environment: "new" }],
};

describe("the values of --env in explore and replay", function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const run = (...flags: readonly string[]) => {
    folder.with("code", { "sec.mjs": HANDLER, "schedule.json": JSON.stringify(SCHEDULE) });
    return longrun([...flags, ...VARIABLES], { workingFolder: folder.path() });
  };
  const explore = (...more: readonly string[]) =>
    run("explore", "--code", "code/sec.mjs", "--depth", "1", "--runs", "0", "--out", ...more);
  const replay = (...more: readonly string[]) => run("replay", "code/schedule.json", ...more);
  const written = (name: string): string => readFileSync(join(folder.path(), name, "explore.json"), "utf8");
  const onOneLine = (text: string): string => text.replace(/\s+/g, " ");

  itOnce(
    "are in nothing that explore prints and writes, but the error shows which variable it was",
    async () => {
      const { out, err } = await explore("out");
      expect([out, err, written("out")].filter((text) => SECRETS.test(text))).to.deep.equal([]);
      expect(onOneLine(out)).to.include(HIDDEN);
      expect(written("out")).to.include(HIDDEN);
    },
  );

  itOnce("are not in the text that replay prints", async () => {
    const { out, err } = await replay();
    expect([out, err].filter((text) => SECRETS.test(text))).to.deep.equal([]);
    expect(onOneLine(out)).to.include(HIDDEN);
  });

  itInTestAll("are not in the JSON of replay, and are shown with --show-values", async () => {
    const { out, err } = await replay("--json");
    expect([out, err].filter((text) => SECRETS.test(text))).to.deep.equal([]);
    expect(onOneLine((await replay("--show-values")).out)).to.include(SHOWN);
  });

  itInTestAll("are shown and stored by explore with --show-values", async () => {
    expect(onOneLine((await explore("shown", "--show-values")).out)).to.include(SHOWN);
    expect(written("shown")).to.include(SHOWN);
  });
});
