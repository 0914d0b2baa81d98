/**
 * Renews harness/src/engine/api-model/model.json from the newest botocore on PyPI, or from the given wheel. The file has method and path of
 * all operations, and the inputs of the operations that docs/fidelity.md calls served.
 *   npm run model:renew [-- botocore-VERSION-py3-none-any.whl]
 */
import { unzipSync } from "fflate";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { argv, stdout } from "node:process";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { format, resolveConfig } from "prettier";
import type { ModelMember, ModelShape } from "../harness/src/engine/api-model/request-model.ts";

const FILES = {
  lambda: "botocore/data/lambda/2015-03-31/service-2.json.gz",
  logs: "botocore/data/logs/2014-03-28/service-2.json.gz",
} as const;
const TABLE = new URL("../harness/src/engine/api-model/model.json", import.meta.url);

interface PublishedModel {
  readonly operations: Readonly<
    Record<string, { readonly input?: ModelMember; readonly http: { method: string; requestUri: string } }>
  >;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

function downloaded(folder: string): string {
  const pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, "botocore"];
  execFileSync("python3", pip, { stdio: "inherit" });
  return join(folder, readdirSync(folder)[0] ?? "");
}

/** Leaves out documentation, and the location name of a member if it equals the member's name. */
function cut(shape: ModelShape): object {
  const reference = ({ shape: name, location, locationName }: ModelMember, own: string): object => ({
    shape: name,
    ...(location === undefined ? {} : { location }),
    ...(locationName === undefined || locationName === own ? {} : { locationName }),
  });
  const { type, required, members, member, key, value, min, max, pattern } = shape;
  return {
    type,
    ...(required === undefined || required.length === 0 ? {} : { required }),
    ...(members === undefined
      ? {}
      : {
          members: Object.fromEntries(
            Object.entries(members).map(([name, one]) => [name, reference(one, name)]),
          ),
        }),
    ...(member === undefined ? {} : { member: { shape: member.shape } }),
    ...(key === undefined ? {} : { key: { shape: key.shape } }),
    ...(value === undefined ? {} : { value: { shape: value.shape } }),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(shape.enum === undefined ? {} : { enum: shape.enum }),
  };
}

function inputsOf(model: PublishedModel, operations: readonly string[]): object {
  const shapes = new Map<string, object>();
  const add = (name: string): void => {
    const shape = model.shapes[name];
    if (shape === undefined || shapes.has(name)) return;
    shapes.set(name, cut(shape));
    const { members = {}, member, key, value } = shape;
    for (const one of [...Object.values(members), member, key, value]) if (one !== undefined) add(one.shape);
  };
  const inputs = operations.map((name) => {
    const input = model.operations[name]?.input?.shape ?? null;
    if (input !== null) add(input);
    return [name, input] as const;
  });
  return {
    routes: Object.fromEntries(
      Object.entries(model.operations)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { http }]) => [name, `${http.method} ${http.requestUri}`]),
    ),
    operations: Object.fromEntries(inputs),
    shapes: Object.fromEntries([...shapes].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Returns the operations that the table of docs/fidelity.md calls served, sorted by name. */
function servedOperations(service: string): readonly string[] {
  const page = readFileSync(new URL("../docs/fidelity.md", import.meta.url), "utf8");
  const [, table = ""] = new RegExp(`<!-- operations: ${service} -->\\n([^]*?)\\n(?!\\|)`).exec(page) ?? [];
  const rows = table.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
  return rows
    .flatMap(([, names = "", treatment]) => (treatment === "served" ? names.split(", ") : []))
    .toSorted();
}

const folder = mkdtempSync(join(tmpdir(), "longrun-model-"));
try {
  const wheel = argv[2] ?? downloaded(folder);
  const version = /^botocore-([0-9.]+)-/.exec(basename(wheel))?.[1];
  if (version === undefined)
    throw new Error(`${basename(wheel)} is no wheel of botocore (botocore-VERSION-….whl)`);
  const names: readonly string[] = Object.values(FILES);
  const files = unzipSync(readFileSync(wheel), { filter: ({ name }) => names.includes(name) });
  const services = Object.entries(FILES).map(([service, file]) => {
    const packed = files[file];
    if (packed === undefined) throw new Error(`${basename(wheel)} has no ${file}`);
    const model = JSON.parse(gunzipSync(packed).toString("utf8")) as PublishedModel;
    return [service, inputsOf(model, servedOperations(service))] as const;
  });
  const renewed = { source: `botocore ${version}`, ...Object.fromEntries(services) };
  const filepath = fileURLToPath(TABLE);
  // Prettier keeps an object on several lines if its first member is on a new line in the input. So the text is indented: without the
  // indentation, Prettier would write short objects on one line.
  const text = JSON.stringify(renewed, null, 1);
  writeFileSync(filepath, await format(text, { ...(await resolveConfig(filepath)), filepath }));
  stdout.write(`model.json: ${renewed.source}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
