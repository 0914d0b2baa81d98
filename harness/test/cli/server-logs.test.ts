import { expect } from "chai";
import { serverLogs } from "../../src/cli/server-logs.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

describe("the logs of --peer-log in a soak", () => {
  const folder = temporaryFolder();

  it("are refused before the run if a file cannot be read", () => {
    folder.with("there", { "pg.log": "" });
    const given = (value: string) => ({
      peerLogFiles: [{ name: null, value }],
      peerLogZone: null,
      peerLogPatterns: [],
    });
    expect(serverLogs(folder.path(), given("there/pg.log"))).not.to.equal(null);
    expect(() => serverLogs(folder.path(), given("pg.log"))).to.throw(
      /^--peer-log pg\.log cannot be read \(ENOENT\): expected a log file that the server already writes$/,
    );
    expect(() => serverLogs(folder.path(), given("there"))).to.throw(
      /^--peer-log there cannot be read \(it is a folder\)/,
    );
  });
});
