/**
 * Whoever a setting names (`usedBy`) reads it. That the judgement reads its settings is shown by harness/test/judge/judge-run/each-setting.test.ts,
 * with evidence in which each changes the result. Here, a name that no code of the command or of the run reads is found.
 */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { COMMANDS } from "../../src/cli/command-list.ts";
import { setting } from "../../src/settings/setting.ts";
import { SOAK_SETTINGS } from "../../src/settings/soak-settings.ts";
import { text } from "../../src/settings/value-kinds.ts";

const SOURCES = join(packageRoot(), "harness/src");
const ROOMS = ["cli", "peer", "run", "settings"];
/** Folders of which a command reads its settings, beside its own and those that serve all commands. */
const OTHER_FOLDERS: Readonly<Record<string, string>> = { peer: "peer", replay: "cli/explore" };

/** The names of members that a file reads. A declaration of a setting is none. */
function namesRead(file: string): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) names.add(node.name.text);
    if (ts.isElementAccessExpression(node) && ts.isStringLiteral(node.argumentExpression))
      names.add(node.argumentExpression.text);
    if (ts.isBindingElement(node)) {
      const name = node.propertyName ?? node.name;
      if (ts.isIdentifier(name) || ts.isStringLiteral(name)) names.add(name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, readFileSync(join(SOURCES, file), "utf8"), ts.ScriptTarget.ES2022));
  return names;
}

const READ = ROOMS.flatMap((room) =>
  readdirSync(join(SOURCES, room), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({ file: join(room, path), names: namesRead(join(room, path)) })),
);

/** The names by which code can read a setting, and who does. A value that follows from others has no flag and only its own name. */
type Named =
  | { readonly flag: null }
  | {
      readonly flag: string;
      readonly recordedAs: string | null;
      readonly judges: string | null;
      readonly usedBy: string;
    };

function unread(command: string, table: Readonly<Record<string, Named>>): readonly string[] {
  const folders = ["run", "settings", `cli/${command}`, OTHER_FOLDERS[command] ?? "run"];
  const readers = READ.filter(
    ({ file }) =>
      /^cli\/[^/]+$/.test(file) ||
      file === `cli/commands/${command}.ts` ||
      folders.some((folder) => file.startsWith(`${folder}/`)),
  );
  return Object.entries(table).flatMap(([name, one]) => {
    const keys: readonly (string | null)[] =
      one.flag === null ? [name] : [name, one.flag, one.recordedAs, one.judges];
    const onlyJudged =
      one.flag !== null && one.judges !== null && (one.usedBy === "judge" || command !== "soak");
    const isRead =
      onlyJudged || keys.some((key) => key !== null && readers.some((file) => file.names.has(key)));
    return isRead ? [] : [`${command}: ${name}`];
  });
}

describe("each setting of each command", () => {
  it("is read by the command or the run, unless only the judgement uses it", async () => {
    const tables = await Promise.all(
      COMMANDS.map(async (entry) => ({ name: entry.name, table: (await entry.load()).settings })),
    );
    expect(tables.flatMap(({ name, table }) => unread(name, table))).to.deep.equal([]);
  });

  it("is found if nobody reads it", () => {
    const drainTime = setting("drain-time", { takes: "LENGTH", help: "How long.", value: text("a length") });
    const slack = { ...drainTime, flag: "slack-time", judges: "slackMs", usedBy: "both" } as const;
    expect(unread("soak", { ...SOAK_SETTINGS, drainTime, slack })).to.deep.equal([
      "soak: drainTime",
      "soak: slack",
    ]);
  });
});
