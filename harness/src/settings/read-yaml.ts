/**
 * Reads YAML that somebody wrote, in a time in proportion to its length: the parser alone needs the square of it for a mapping with many
 * keys, and for line breaks without a line feed.
 */
import { isScalar, LineCounter, parseDocument, visit, type ParsedNode, type Document } from "yaml";
import { nestingProblem, yamlProblem } from "./yaml-problem.ts";

interface YamlProblem {
  /** Null if the problem is of the whole text. */
  readonly line: number | null;
  readonly expected: string;
}

type ReadYaml =
  | {
      readonly document: Document.Parsed<ParsedNode>;
      readonly lineOf: (offset: number) => number;
      readonly problems: null;
    }
  | { readonly document: null; readonly problems: readonly YamlProblem[] };

/** `form` is what the text should be, for messages. */
export function readYaml(form: string, given: string): ReadYaml {
  // For YAML, these are one and the same line break (YAML 1.2, 5.4).
  const text = given.replaceAll(/\r\n?/g, "\n");
  const tooDeep = nestingProblem(form, text);
  if (tooDeep !== null) return { document: null, problems: [{ line: null, expected: tooDeep }] };
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, stringKeys: true, uniqueKeys: false });
  const lineOf = (offset: number): number => counter.linePos(offset).line;
  const problems = document.errors.map((error) => ({
    line: lineOf(error.pos[0]),
    expected: yamlProblem(form, error),
  }));
  for (const offset of problems.length > 0 ? [] : repeatedKeys(document))
    problems.push({ line: lineOf(offset), expected: `${form}: Map keys must be unique` });
  return problems.length > 0 ? { document: null, problems } : { document, lineOf, problems: null };
}

function repeatedKeys(document: Document.Parsed<ParsedNode>): readonly number[] {
  const offsets: number[] = [];
  visit(document, {
    Map: (_, map) => {
      const keys = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (keys.has(key.value)) offsets.push(key.range?.[0] ?? 0);
        keys.add(key.value);
      }
    },
  });
  return offsets;
}
