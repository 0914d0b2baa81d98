/**
 * Reads a profile file, and reports every mistake with its line. Its keys are the flags. A list repeats a flag, and a mapping gives
 * KEY=VALUE.
 */
import { isMap, isScalar, isSeq, type Node as YamlNode, type Pair } from "yaml";
import { didYouMean } from "./closest-name.ts";
import { accept, expected, type Parsed } from "./parsed.ts";
import type { Problem } from "./problem.ts";
import { readYaml } from "./read-yaml.ts";
import { settingsByFlag, type FlagValues, type SettingTable } from "./setting-table.ts";
import type { Setting } from "./setting.ts";
import { shownValue } from "./shown-value.ts";

interface ReadProfile<Table extends SettingTable> {
  readonly values: FlagValues<Table>;
  readonly problems: readonly Problem[];
}

export function readProfile<Table extends SettingTable>(
  file: { readonly name: string; readonly text: string; readonly showValues?: boolean },
  table: Table,
): ReadProfile<Table> {
  const showValues = file.showValues === true;
  const yaml = readYaml("YAML", file.text);
  if (yaml.problems !== null)
    return {
      values: {},
      problems: yaml.problems.map(({ line, expected: text }) => ({
        where: line === null ? file.name : `${file.name}:${line}`,
        text: `expected ${text}`,
      })),
    };
  const { document, lineOf } = yaml;
  const at = (
    node: { readonly range?: readonly [number, number, number] | null | undefined } | null | undefined,
  ): string => {
    const offset = node?.range?.[0];
    return offset === undefined ? file.name : `${file.name}:${lineOf(offset)}`;
  };
  const root = document.contents;
  if (root === null || (isScalar(root) && root.value === null)) return { values: {}, problems: [] };
  if (!isMap(root))
    return {
      values: {},
      problems: [{ where: at(root), text: "expected settings, one a line, such as `duration: 60s`" }],
    };

  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const byFlag = settingsByFlag(table);
  const names = [...byFlag.values()].filter((one) => one.inProfile).map(({ flag }) => flag);
  for (const pair of root.items as Pair<YamlNode, YamlNode | null>[]) {
    const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
    const where = `${at(pair.key)} ${key}`;
    const setting = byFlag.get(key);
    if (setting === undefined || !setting.inProfile) {
      const known =
        setting === undefined ? didYouMean(key, names) : " in a profile; it can only be given as a flag";
      problems.push({ where, text: `there is no such setting${known}` });
      continue;
    }
    const texts = textsOf(pair.value, setting);
    if (!texts.ok) {
      problems.push({ where, text: `expected ${texts.expected}` });
      continue;
    }
    const parsed = texts.value.map((text) => ({ text, result: setting.value.parse(text) }));
    for (const { text, result } of parsed)
      if (!result.ok)
        problems.push({
          where: `${where}: ${shownValue(setting, text, showValues)}`,
          text: `expected ${result.expected}`,
        });
    const good = parsed.flatMap(({ result }) => (result.ok ? [result.value] : []));
    if (good.length > 0) values[key] = setting.repeatable ? good : good[0];
  }
  return { values: values as FlagValues<Table>, problems };
}

/** Returns the texts that a user would give to the flag. */
function textsOf(node: YamlNode | null, { takesJson, repeatable }: Setting): Parsed<readonly string[]> {
  if (takesJson && node !== null && !isScalar(node)) return accept([JSON.stringify(node.toJSON())]);
  if (isScalar(node)) {
    const text = node.value === null ? null : scalarText(node.value, node.source);
    return text === null ? expected("a value") : accept([text]);
  }
  if (!repeatable || node === null) return expected("one value");
  if (isSeq(node)) {
    const texts = node.items.map((item) =>
      isScalar(item) && item.value !== null ? scalarText(item.value, item.source) : null,
    );
    return texts.every((text) => text !== null) ? accept(texts) : expected("a list of plain values");
  }
  if (isMap(node)) {
    const texts = node.items.map(({ key: name, value }) =>
      isScalar(name) && isScalar(value)
        ? `${String(name.value)}=${scalarText(value.value ?? "", value.source)}`
        : null,
    );
    return texts.every((text) => text !== null) ? accept(texts) : expected("a mapping of plain values");
  }
  return expected("a value, a list or a mapping");
}

/** A number keeps the form in which it was written. */
function scalarText(value: unknown, source: string | undefined): string {
  return typeof value === "number" && source !== undefined ? source : String(value);
}
