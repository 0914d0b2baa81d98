/**
 * A profile file's text → values of soak settings, or every mistake with the line it stands on. The file is YAML;
 * its keys are the flags, its values what the flags take. Lists stand for repeated flags, and a mapping for KEY=VALUE.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument, type Node as YamlNode, type Pair } from "yaml";
import { didYouMean } from "./closest-name.ts";
import type { OptionTable, OptionValues, Problem } from "./option.ts";

export interface ReadProfile<Table extends OptionTable> {
  readonly values: OptionValues<Table>;
  readonly problems: readonly Problem[];
}

export function readProfile<Table extends OptionTable>(
  file: { readonly name: string; readonly text: string },
  options: Table,
  /** Flags that make no sense inside a file. */
  notInFile: readonly string[],
): ReadProfile<Table> {
  const counter = new LineCounter();
  const document = parseDocument(file.text, { lineCounter: counter, uniqueKeys: true });
  const at = (
    node: { readonly range?: readonly [number, number, number] | null | undefined } | null | undefined,
  ): string => {
    const offset = node?.range?.[0];
    return offset === undefined ? file.name : `${file.name}:${counter.linePos(offset).line}`;
  };
  const broken = document.errors.map((error) => ({
    where: `${file.name}:${counter.linePos(error.pos[0]).line}`,
    text: `expected YAML: ${(error.message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/, "")}`,
  }));
  if (broken.length > 0) return { values: {}, problems: broken };
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return { values: {}, problems: [] };
  if (!isMap(root))
    return {
      values: {},
      problems: [{ where: at(root), text: "expected settings, one a line, such as `duration: 60s`" }],
    };

  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const names = Object.keys(options).filter((name) => !notInFile.includes(name));
  for (const pair of root.items as Pair<YamlNode, YamlNode | null>[]) {
    const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
    const where = `${at(pair.key)} ${key}`;
    const option = names.includes(key) ? options[key] : undefined;
    if (option === undefined) {
      const known = notInFile.includes(key) ? "; it is a flag only" : didYouMean(key, names);
      problems.push({ where, text: `there is no such setting${known}` });
      continue;
    }
    const read = readSetting(pair.value, key, option.repeatable);
    if (!read.ok) {
      problems.push({ where, text: `expected ${read.expected}` });
      continue;
    }
    const parsed = read.texts.map((text) => ({ text, result: option.parse(text) }));
    for (const { text, result } of parsed)
      if (!result.ok) problems.push({ where: `${where}: ${text}`, text: `expected ${result.expected}` });
    const good = parsed.flatMap(({ result }) => (result.ok ? [result.value] : []));
    if (good.length > 0) values[key] = option.repeatable ? good : good[0];
  }
  return { values: values as OptionValues<Table>, problems };
}

type SettingTexts =
  | { readonly ok: true; readonly texts: readonly string[] }
  | { readonly ok: false; readonly expected: string };

/** The texts a flag would have been given. `event` alone may be written as YAML of any shape. */
function readSetting(node: YamlNode | null, key: string, isRepeatable: boolean): SettingTexts {
  if (key === "event" && node !== null && !isScalar(node))
    return { ok: true, texts: [JSON.stringify(node.toJSON())] };
  if (isScalar(node)) {
    const text = node.value === null ? null : scalarText(node.value, node.source);
    return text === null ? { ok: false, expected: "a value" } : { ok: true, texts: [text] };
  }
  if (!isRepeatable || node === null) return { ok: false, expected: "one value" };
  if (isSeq(node)) {
    const texts = node.items.map((item) =>
      isScalar(item) && item.value !== null ? scalarText(item.value, item.source) : null,
    );
    return texts.every((text) => text !== null)
      ? { ok: true, texts }
      : { ok: false, expected: "a list of plain values" };
  }
  if (isMap(node)) {
    const texts = node.items.map(({ key: name, value }) =>
      isScalar(name) && isScalar(value)
        ? `${String(name.value)}=${scalarText(value.value ?? "", value.source)}`
        : null,
    );
    return texts.every((text) => text !== null)
      ? { ok: true, texts }
      : { ok: false, expected: "a mapping of plain values" };
  }
  return { ok: false, expected: "a value, a list or a mapping" };
}

/** Numbers keep the form they were written in; everything else is its text. */
function scalarText(value: unknown, source: string | undefined): string {
  return typeof value === "number" && source !== undefined ? source : String(value);
}
