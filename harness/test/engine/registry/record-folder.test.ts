import { expect } from "chai";
import { existsSync, readdirSync, readlinkSync } from "node:fs";
import { z } from "zod";
import { RecordFolder } from "../../../src/engine/registry/record-folder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("a folder of records", () => {
  const folder = temporaryFolder();

  it("has no file of a record that could not be written", async () => {
    const records = new RecordFolder<{ name: string }>(folder.path(), FORM, () =>
      Promise.reject(new Error("full")),
    );
    const failure = await records.save(A).catch((error: unknown) => error);
    expect([(failure as Error).message, readdirSync(folder.path())]).to.deep.equal(["full", []]);
  });

  it("has a record, or its removal, on the disk before the change is acknowledged: the file, then its name", async function () {
    if (!existsSync("/proc/self/fd")) this.skip();
    const flushed: [path: string, names: readonly string[]][] = [];
    const records = new RecordFolder<{ name: string }>(folder.path(), FORM, (file) => {
      const path = readlinkSync(`/proc/self/fd/${file.fd}`);
      flushed.push([path.replace(/[0-9a-f-]{36}/, "ID"), readdirSync(folder.path()).map(extension)]);
      return Promise.resolve();
    });
    await records.save(A);
    await records.remove(A);
    expect(flushed).to.deep.equal([
      [`${folder.path()}/ID.unfinished`, ["unfinished"]],
      [folder.path(), ["json"]],
      [folder.path(), []],
    ]);
  });

  it("undoes what could not be saved, but not what was changed since", async () => {
    let full = false;
    const flush = (): Promise<void> => (full ? Promise.reject(new Error("full")) : Promise.resolve());
    const records = new RecordFolder<{ name: string; value: number }>(folder.path(), FORM, flush);
    const record = { name: "a", value: 1 };
    const refused = async (value: number): Promise<string> => {
      record.value = value;
      return await records.save(record).then(
        () => "saved",
        (error: unknown) => (error as Error).message,
      );
    };
    await records.save(record);
    full = true;
    const seen = [await refused(2), record.value];
    const both = [refused(3), refused(4)];
    seen.push(...(await Promise.all(both)), record.value);
    record.value = 5;
    records.accept(record);
    seen.push(await refused(6), record.value);
    full = false;
    seen.push(await refused(7), record.value);
    expect(seen).to.deep.equal(["full", 1, "full", "full", 1, "full", 5, "saved", 7]);
  });

  it("has no record that was saved again while it was removed", async () => {
    const records = new RecordFolder<{ name: string }>(folder.path(), FORM);
    const record = { name: "a" };
    await records.save(record);
    await Promise.all([records.remove(record), records.save(record)]);
    expect(readdirSync(folder.path())).to.deep.equal([]);
  });
});

const A = { name: "a" };

const FORM = {
  what: "a record",
  schema: () => Promise.resolve(z.any()),
  nameOf: ({ name }: { name: string }) => name,
  keyOf: ({ name }: { name: string }) => name,
};

const extension = (name: string): string => name.split(".").at(-1) ?? "";
