/** Prints every pattern that the files of harness/src make with `new RegExp` while they are loaded, and the patterns of AWS's API model. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { exit, stdout } from "node:process";

const SOURCES = join("harness", "src");
/** Files that begin to work when they are loaded, and files for a browser. */
const NOT_LOADED = /report\/page\/|-main\.ts$|clients\/node\/|-worker\.ts$|\/worker/;
const made = new Map();

const Original = globalThis.RegExp;
globalThis.RegExp = new Proxy(Original, {
  construct(target, given, newTarget) {
    const pattern = Reflect.construct(target, given, newTarget);
    const [, file] = /(harness\/src\/[^:?]+\.ts)/.exec(new Error().stack?.split("\n")[2] ?? "") ?? [];
    if (file !== undefined) add(pattern, file);
    return pattern;
  },
});

function add({ source, flags }, file) {
  made.set(`${source}/${flags}`, { source, flags, file });
}

const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => join(SOURCES, name));
for (const file of files)
  if (/new RegExp\(/.test(readFileSync(file, "utf8")) && !NOT_LOADED.test(file))
    await import(join("../../..", file));
await import("../../src/judge/judge-run.ts");

const MODEL = "harness/src/engine/api-model/model.json";
const model = readFileSync(MODEL, "utf8");
for (const [, text] of model.matchAll(/"pattern": ("(?:[^"\\]|\\.)*")/g))
  add(new Original(`^(?:${JSON.parse(text)})$`, "su"), MODEL);

await new Promise((resolve) => stdout.write(JSON.stringify([...made.values()]), resolve));
exit(0);
