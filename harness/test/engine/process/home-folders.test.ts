import { expect } from "chai";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { payloadOf, testFleet, type TestFleet } from "../support/test-fleet.ts";

/** Answers what it finds in its temporary folder, then does what the event says. */
const TEMPORARY = `const fs = require("node:fs");
const os = require("node:os");
exports.handler = async ({ write, linkTo }) => {
  const folder = os.tmpdir();
  const found = fs.readdirSync(folder);
  if (write !== undefined) fs.writeFileSync(folder + "/" + write, "");
  if (linkTo !== undefined) { fs.rmdirSync(folder); fs.symlinkSync(linkTo, folder); }
  return found;
};`;

describe("the folder of an environment that has ended", () => {
  let test: TestFleet;
  afterEach(async () => {
    await test.close();
  });
  const environmentFolders = (): readonly string[] => {
    const data = join(test.folder, "data");
    const [engine = ""] = readdirSync(data).filter((name) => name.startsWith("engine-"));
    return readdirSync(join(data, engine, "environments"));
  };
  const inNewEnvironment = async (event: unknown): Promise<unknown> => {
    const answer = payloadOf(await test.invoke("probe", event));
    await test.fleet.retire("probe", { every: true }, "fin");
    return answer;
  };

  for (const isolation of ["none", "auto"] as const) {
    it(`is given to the next one, without the files of the first (isolation ${isolation})`, async () => {
      test = await testFleet({ isolation, parked: 0 });
      test.add({ "index.js": TEMPORARY });
      expect(await inNewEnvironment({ write: "secret" })).to.deep.equal([]);
      expect(await inNewEnvironment({ write: "other" })).to.deep.equal([]);
      expect(await inNewEnvironment({})).to.deep.equal([]);
      expect(environmentFolders()).to.have.lengthOf(1);
    });
  }

  it("keeps what a symbolic link leads to that a function has put in place of its temporary folder", async () => {
    test = await testFleet({ isolation: "none", parked: 0 });
    test.add({ "index.js": TEMPORARY });
    const elsewhere = join(test.folder, "elsewhere");
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, "precious"), "");
    await inNewEnvironment({ linkTo: elsewhere });
    expect(existsSync(join(elsewhere, "precious"))).to.equal(true);
    expect(await inNewEnvironment({})).to.deep.equal([]);
  });
});
