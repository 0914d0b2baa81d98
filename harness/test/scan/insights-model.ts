/**
 * Runs the part of the Logs Insights query language that a scan uses, as AWS documents it: filter, parse, fields, two stats, sort, limit. For most
 * constructs that are not modelled it throws an error. AWS does not document what a function such as strcontains returns for an absent
 * field, so each test chooses one of two behaviours.
 */
export interface LogLine {
  readonly log: string;
  readonly stream: string;
  readonly time: number;
  readonly message: string;
}

type Value = string | number | null;
type Row = Readonly<Record<string, Value>>;
export type AbsentIs = "nothing" | "zero";

export function runQuery(
  query: string,
  lines: readonly LogLine[],
  absentIs: AbsentIs,
): Record<string, string>[] {
  if (query.length > 10_000) throw new Error("queryString is longer than 10000");
  let rows: Row[] = lines.map((line) => ({
    "@log": line.log,
    "@logStream": line.stream,
    "@timestamp": line.time,
    "@message": line.message,
  }));
  let stats = 0;
  for (const command of query.split(/\n\| |^\| /).map((text) => text.trim())) {
    const [, verb = "", rest = ""] = /^(\w+)\s+([\s\S]*)$/.exec(command) ?? [];
    if (verb === "filter") rows = filter(rows, rest);
    else if (verb === "parse") rows = parse(rows, rest, stats);
    else if (verb === "fields") {
      const { expression, name } = named(rest);
      rows = rows.map((row) => ({ ...row, [name]: evaluate(expression, row, absentIs) }));
    } else if (verb === "stats") {
      stats += 1;
      if (stats > 2) throw new Error("at most two stats");
      rows = aggregate(rows, rest, absentIs);
    } else if (verb === "sort") rows = sort(rows, rest);
    else if (verb === "limit") rows = rows.slice(0, Number(rest));
    else throw new Error(`no such command: ${command}`);
  }
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).flatMap(([key, value]) => (value === null ? [] : [[key, String(value)]])),
    ),
  );
}

function filter(rows: readonly Row[], text: string): Row[] {
  const [, field = "", pattern = ""] = /^(\S+) like \/([\s\S]*)\/$/.exec(text) ?? [];
  const regex = new RegExp(pattern);
  return rows.filter((row) => regex.test(String(row[field] ?? "")));
}

function parse(rows: readonly Row[], text: string, stats: number): Row[] {
  if (stats > 0) throw new Error("parse after stats");
  const [, field = "", pattern = ""] = /^(\S+) \/([\s\S]*)\/$/.exec(text) ?? [];
  const regex = new RegExp(pattern);
  return rows.map((row) => ({ ...row, ...regex.exec(String(row[field] ?? ""))?.groups }));
}

function sort(rows: readonly Row[], text: string): Row[] {
  const [field = "", direction] = text.split(" ");
  const sign = direction === "desc" ? -1 : 1;
  return [...rows].sort((a, b) => sign * (Number(a[field] ?? 0) - Number(b[field] ?? 0)));
}

function aggregate(rows: readonly Row[], text: string, absentIs: AbsentIs): Row[] {
  const at = text.lastIndexOf("by ");
  const keys = splitTop(text.slice(at + 3)).map(named);
  const measures = splitTop(text.slice(0, at)).map(named);
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((one) => evaluate(one.expression, row, absentIs)));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups].map(([key, members]) => ({
    ...Object.fromEntries(keys.map((one, index) => [one.name, (JSON.parse(key) as Value[])[index] ?? null])),
    ...Object.fromEntries(measures.map((one) => [one.name, measure(one.expression, members, absentIs)])),
  }));
}

function measure(expression: string, rows: readonly Row[], absentIs: AbsentIs): Value {
  const [, name = "", inner = ""] = /^(\w+)\(([\s\S]*)\)$/.exec(expression) ?? [];
  if (name === "count" && inner === "*") return rows.length;
  const values = rows.map((row) => evaluate(inner, row, absentIs)).filter((value) => value !== null);
  if (name === "count_distinct") return new Set(values).size;
  if (values.length === 0) return null;
  const numbers = values.map(Number);
  if (name === "sum") return numbers.reduce((sum, one) => sum + one, 0);
  if (name === "min") return Math.min(...numbers);
  if (name === "max") return Math.max(...numbers);
  throw new Error(`no such aggregation: ${expression}`);
}

function named(text: string): { readonly expression: string; readonly name: string } {
  const [, expression = text, name = text] = /^([\s\S]*) as (\w+)$/.exec(text) ?? [];
  return { expression: expression.trim(), name: name.trim() };
}

function splitTop(text: string): string[] {
  const parts: string[] = [""];
  let depth = 0;
  let quoted = false;
  for (const sign of text) {
    if (sign === "'") quoted = !quoted;
    if (!quoted) depth += sign === "(" ? 1 : sign === ")" ? -1 : 0;
    if (sign === "," && depth === 0 && !quoted) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts.map((part) => part.trim());
}

const TOKEN = /'[^']*'|\d+m\b|\d+|@?\w+|[()+\-*,]/g;

/** Evaluates sums of products of calls, fields and literals. */
function evaluate(text: string, row: Row, absentIs: AbsentIs): Value {
  const tokens = text.match(TOKEN) ?? [];
  let next = 0;
  const sum = (): Value => {
    let value = product();
    while (tokens[next] === "+" || tokens[next] === "-") {
      const sign = tokens[next++] === "+" ? 1 : -1;
      value = numeric([value, product()], (a, b) => a + sign * b);
    }
    return value;
  };
  const product = (): Value => {
    let value = atom();
    while (tokens[next] === "*") {
      next += 1;
      value = numeric([value, atom()], (a, b) => a * b);
    }
    return value;
  };
  const atom = (): Value => {
    const token = tokens[next++] ?? "";
    if (token === "(") {
      const value = sum();
      next += 1;
      return value;
    }
    if (token.startsWith("'")) return token.slice(1, -1);
    if (/^\d/.test(token)) return token.endsWith("m") ? token : Number(token);
    if (tokens[next] !== "(") return row[token] ?? null;
    const given: Value[] = [];
    do {
      next += 1;
      given.push(sum());
    } while (tokens[next] === ",");
    next += 1;
    return call(token, given, row, absentIs);
  };
  const value = sum();
  if (next !== tokens.length) throw new Error(`not read to its end: ${text}`);
  return value;
}

function call(name: string, given: readonly Value[], row: Row, absentIs: AbsentIs): Value {
  switch (name) {
    case "strcontains":
      if (given[0] === null) return absentIs === "zero" ? 0 : null;
      return String(given[0]).includes(String(given[1])) ? 1 : 0;
    case "least":
      return numeric(given, Math.min);
    case "greatest":
      return numeric(given, Math.max);
    case "coalesce":
      return given.find((value) => value !== null) ?? null;
    case "toMillis":
      return given[0] ?? null;
    case "bin":
      return Math.floor(Number(row["@timestamp"]) / 60_000) * 60_000;
    default:
      throw new Error(`no such function: ${name}`);
  }
}

function numeric(given: readonly Value[], what: (...numbers: number[]) => number): Value {
  return given.includes(null) ? null : what(...given.map(Number));
}
