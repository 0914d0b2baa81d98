/**
 * One input of a fuzz target, and the files `corpus/TARGET/NAME.json`, which keep inputs that once broke something. A file is text, so that
 * a diff shows it. Bytes are written as Latin-1, and long repetitions as `{ repeat, times }`, so that a file stays small.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export interface FuzzCase {
  readonly bytes: Uint8Array;
  /** The bytes are sent in pieces of these lengths, which are used in turn. If the list is empty, all bytes are one piece. */
  readonly pieces: readonly number[];
}

export interface KeptCase {
  /** What happened with this input before the code was mended. */
  readonly found: string;
  readonly input: FuzzCase;
}

type Part = string | { readonly repeat: string; readonly times: number };

interface CaseFile {
  readonly found: string;
  readonly pieces?: readonly number[];
  readonly parts: readonly Part[];
}

const CORPUS = fileURLToPath(new URL("../corpus/", import.meta.url));

/** The path of a case in the corpus. */
export const caseFile = (target: string, name: string): string => join(CORPUS, target, `${name}.json`);

/** Returns the kept cases of a target with their names. */
export function keptCases(target: string): readonly (KeptCase & { readonly name: string })[] {
  const folder = join(CORPUS, target);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => {
      const { found, pieces, parts } = JSON.parse(readFileSync(join(folder, file), "utf8")) as CaseFile;
      return {
        name: file.slice(0, -".json".length),
        found,
        input: { bytes: joined(parts), pieces: pieces ?? [] },
      };
    });
}

/** Writes a case into the corpus and returns the path of its file. The same input always has the same name. */
export function keepCase(target: string, { found, input: { bytes, pieces } }: KeptCase): string {
  const file: CaseFile = { found, ...(pieces.length === 0 ? {} : { pieces }), parts: partsOf(bytes) };
  const name = createHash("sha256").update(bytes).update(pieces.join()).digest("hex").slice(0, 10);
  const path = caseFile(target, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`);
  return path;
}

const PIECES_MAX = 500;

/** Divides the bytes of a case into pieces. After 500 pieces, the remaining bytes are one piece. */
export function inPieces({ bytes, pieces }: FuzzCase): readonly Buffer[] {
  const whole = Buffer.from(bytes);
  if (pieces.length === 0) return [whole];
  const cut: Buffer[] = [];
  for (let from = 0, turn = 0; from < whole.length; turn += 1) {
    const length = turn < PIECES_MAX ? (pieces[turn % pieces.length] ?? 1) : whole.length;
    cut.push(Buffer.from(whole.subarray(from, from + length)));
    from += length;
  }
  return cut;
}

export function textOf({ bytes }: FuzzCase): string {
  return Buffer.from(bytes).toString("utf8");
}

function joined(parts: readonly Part[]): Uint8Array {
  const texts = parts.map((part) => (typeof part === "string" ? part : part.repeat.repeat(part.times)));
  return Buffer.from(texts.join(""), "latin1");
}

/** Returns the bytes as parts of text. A long repetition of up to eight characters is one part. */
function partsOf(bytes: Uint8Array): readonly Part[] {
  const text = Buffer.from(bytes).toString("latin1");
  const parts: Part[] = [];
  let from = 0;
  for (const run of text.matchAll(/([^]{1,8}?)\1{49,}/g)) {
    if (run.index > from) parts.push(text.slice(from, run.index));
    const [whole, repeat = whole] = run;
    parts.push({ repeat, times: whole.length / repeat.length });
    from = run.index + whole.length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}
