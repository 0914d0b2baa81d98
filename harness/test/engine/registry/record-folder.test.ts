import { expect } from "chai";
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { z } from "zod";
import { RecordFolder } from "../../../src/engine/registry/record-folder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("a folder of records", () => {
  const folder = temporaryFolder();

  it("has no file of a record that could not be written", async () => {
    const records = new RecordFolder<string>(folder.path(), FORM, () => Promise.reject(new Error("full")));
    const failure = await records.save("a").catch((error: unknown) => error);
    expect([(failure as Error).message, readdirSync(folder.path())]).to.deep.equal(["full", []]);
  });

  it("has a record, or its removal, on the disk before the change is acknowledged: the file, then its name", async function () {
    if (!existsSync("/proc/self/fd")) this.skip();
    const flushed: [path: string, names: readonly string[]][] = [];
    const records = new RecordFolder<string>(folder.path(), FORM, (file) => {
      const path = readlinkSync(`/proc/self/fd/${file.fd}`);
      flushed.push([path.replace(/[0-9a-f-]{36}/, "ID"), readdirSync(folder.path()).map(extension)]);
      return Promise.resolve();
    });
    await records.save("a");
    await records.remove("a");
    expect(flushed).to.deep.equal([
      [`${folder.path()}/ID.unfinished`, ["unfinished"]],
      [folder.path(), ["json"]],
      [folder.path(), []],
    ]);
  });
});

const FORM = {
  what: "a record",
  schema: () => Promise.resolve(z.unknown()),
  nameOf: (name: string) => name,
  keyOf: (name: string) => name,
};

const extension = (name: string): string => name.split(".").at(-1) ?? "";
