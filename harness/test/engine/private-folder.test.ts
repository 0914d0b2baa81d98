import { CreateLogGroupCommand, CreateLogStreamCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { chmodSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { umask } from "node:process";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { realEngine } from "./support/real-engine.ts";
import { activeFunction, handlerZip, testEngine } from "./support/test-engine.ts";

describe("the data folder", () => {
  const folder = temporaryFolder();
  let before = 0;
  beforeEach(() => {
    before = umask(0);
  });
  afterEach(() => {
    umask(before);
  });

  /** What others could read. Below a private folder they can read nothing, so what is in it may have any mode. */
  const open = (path: string): readonly string[] => {
    const status = statSync(path);
    const others = (status.mode & 0o077) !== 0;
    if (!status.isDirectory()) return others ? [relative(folder.path(), path)] : [];
    return others
      ? [relative(folder.path(), path), ...readdirSync(path).flatMap((name) => open(join(path, name)))]
      : [];
  };
  const modesIn = (path: string): Record<string, string> =>
    Object.fromEntries(
      readdirSync(path).map((name) => [
        name.replace(/[0-9a-f]{12,}/, "HASH"),
        (statSync(join(path, name)).mode & 0o777).toString(8),
      ]),
    );
  /** Makes an engine leave a function and a log group. */
  const filled = async (data: string): Promise<void> => {
    const on = await testEngine({ dataFolder: data });
    await activeFunction(on, "f", await handlerZip(), { Environment: { Variables: { PASSWORD: "secret" } } });
    await on.cloudWatchLogs.send(new CreateLogGroupCommand({ logGroupName: "g" }));
    await on.cloudWatchLogs.send(new CreateLogStreamCommand({ logGroupName: "g", logStreamName: "s" }));
    await on.close();
  };

  it("that the engine makes is private, and so are the records and logs in it, whatever the umask is", async () => {
    const data = join(folder.path(), "new");
    await filled(data);
    expect(open(data)).to.deep.equal([]);
    const folders = { code: "700", functions: "700", layers: "700", logs: "700" };
    expect(modesIn(data)).to.deep.equal(folders);
    expect(modesIn(join(data, "functions"))).to.deep.equal({ "f.HASH.json": "600" });
    expect(modesIn(join(data, "logs"))).to.deep.equal({ "HASH.jsonl": "600" });
  });

  it("of an older version is made private", async () => {
    const data = join(folder.path(), "old");
    await filled(data);
    for (const name of ["functions", "logs"])
      for (const file of readdirSync(join(data, name))) chmodSync(join(data, name, file), 0o644);
    for (const name of readdirSync(data)) chmodSync(join(data, name), 0o755);
    chmodSync(data, 0o755);
    await (await testEngine({ dataFolder: data })).close();
    expect(open(data)).to.deep.equal([]);
    expect(modesIn(join(data, "functions"))).to.deep.equal({ "f.HASH.json": "600" });
    expect(modesIn(join(data, "logs"))).to.deep.equal({ "HASH.jsonl": "600" });
  });

  it("that has other things too keeps its mode, and what the engine puts into it is private", async () => {
    const data = join(folder.path(), "mine");
    mkdirSync(join(data, "pictures"), { recursive: true });
    await filled(data);
    expect(open(data)).to.deep.equal(["mine", "mine/pictures"]);
  });

  it("has a private folder for the environments", async () => {
    const data = join(folder.path(), "environments");
    const engine = await realEngine({ dataFolder: data });
    const modes = modesIn(data);
    await engine.close();
    expect(modes).to.include({ environments: "700", "engine.lock": "600" });
  });
});
