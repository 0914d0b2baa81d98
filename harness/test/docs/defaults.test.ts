/** Tests that defaults in documents and in the library's comments are equal to the declared defaults. */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { DEFAULT_RUNTIME } from "../../src/catalogue/runtimes/all-runtimes.ts";
import { EXPLORE_SETTINGS } from "../../src/settings/explore-settings.ts";
import { PEER_SETTINGS } from "../../src/settings/peer-settings.ts";
import { SERVE_SETTINGS } from "../../src/settings/serve-settings.ts";
import { settingsByFlag, shownDefault, withDefaults } from "../../src/settings/setting-table.ts";
import { LOCAL_FACTS } from "../../src/settings/setting.ts";
import { SOAK_SETTINGS } from "../../src/settings/soak-settings.ts";

const read = (...path: readonly string[]): string => readFileSync(join(packageRoot(), ...path), "utf8");
const documents = [
  "README.md",
  ...readdirSync(join(packageRoot(), "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

describe("defaults in the documentation", () => {
  it("are the flags' defaults: `--flag` (default `value`)", () => {
    const tables = [SOAK_SETTINGS, EXPLORE_SETTINGS, SERVE_SETTINGS, PEER_SETTINGS];
    const shown = (flag: string): readonly (string | null)[] =>
      tables.flatMap((table) => {
        const one = settingsByFlag(table).get(flag);
        return one === undefined ? [] : [shownDefault(one)];
      });
    const named = documents.flatMap((document) =>
      [...read(document).matchAll(/`--([a-z-]+)[^`]*` \(default `([^`]+)`\)/g)].map(
        ([, flag = "", value = ""]) => ({ document, flag, value }),
      ),
    );
    expect(named.map(({ flag }) => flag)).to.include.members(["link", "idle-life", "clock-tolerance"]);
    expect(named.filter(({ flag, value }) => !shown(flag).includes(value))).to.deep.equal([]);
  });

  it("of the library are the flags' defaults", () => {
    const soak = withDefaults(SOAK_SETTINGS, {}, LOCAL_FACTS);
    const peer = withDefaults(PEER_SETTINGS, {}, LOCAL_FACTS);
    const named = (file: string, member: string): string | undefined =>
      new RegExp(`Default:? (\\S+?)[.;:]?(?:\\s(?:(?!\\*/)[\\s\\S])*)?\\*/\\s+readonly ${member}\\?:`).exec(
        read("harness", "src", "library", file),
      )?.[1];
    expect({
      memoryMb: named("engine-face.ts", "memoryMb"),
      timeoutMs: named("engine-face.ts", "timeoutMs"),
      runtime: named("engine-face.ts", "runtime"),
      host: named("peer-face.ts", "host"),
      replyLatencyMs: named("peer-face.ts", "replyLatencyMs"),
    }).to.deep.equal({
      memoryMb: String(soak.memoryMb),
      timeoutMs: String(soak.functionTimeout),
      runtime: DEFAULT_RUNTIME,
      host: peer.host,
      replyLatencyMs: String(peer.replyLatencyMs),
    });
  });
});
