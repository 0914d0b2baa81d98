/** Pieces of input on which readers of text, JSON, YAML, HTTP and numbers have failed. */
import fc from "fast-check";

const bytes = (text: string): Uint8Array => Buffer.from(text, "utf8");
const latin1 = (text: string): Uint8Array => Buffer.from(text, "latin1");

const SHORT: readonly Uint8Array[] = [
  // Ends of lines, control characters, and characters that some readers take for the end of a line.
  ...["\n", "\r\n", "\r", "\0", "\t", " ", "\u2028", "\u0085", "\ufeff", "\u001b[2J", "\u0007"].map(bytes),
  // Invalid UTF-8: a lone continuation, an overlong form, a surrogate, a cut character, bytes that never occur.
  ...["\x80", "\xc0\x80", "\xed\xa0\x80", "\xe2\x82", "\xff\xfe", "\xf4\x90\x80\x80"].map(latin1),
  ...["\u{1f680}", "é", "İ", "ß"].map(bytes),
  // Syntax of JSON, YAML, CSV, URLs, HTTP and shells.
  ...['"', "'", "\\", "{", "}", "[", "]", ":", ",", "#", "- ", "&a ", "*a", "!!js ", "|\n", "---\n"].map(
    bytes,
  ),
  ...["%00", "%ff", "%", "../", "/", "//", "?", "=", ";", "@", "$", "..", "<", "`", "(", "+"].map(bytes),
  ...["\\u0000", "\\ud800", "\\x", "\\u12", '\\"'].map(bytes),
];

/** Texts that replace a value of the input. */
const VALUES: readonly string[] = [
  ...["null", "true", "[]", "{}", '""', "~", "NaN", "Infinity", "undefined", '"\\u0000"', '"__proto__"'],
  ...["0", "-0", "-1", "1e308", "1e400", "-1e400", "1e-400", "0x10", "1_000", "01", "+1", "1."],
  ...["2147483648", "4294967296", "9007199254740993", "18446744073709551616", "9".repeat(400)],
  ...['{"__proto__":{"x":1}}', '{"constructor":{"prototype":1}}', "[null]", '[[["x"]]]', '{"":{"":0}}'],
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "length", "valueOf"],
  ...["9999-99-99T99:99:99Z", "0000-00-00T00:00:00.000Z", "+275760-09-13T00:00:00.001Z", "1e3ms"],
];

const LONG: readonly Uint8Array[] = [
  bytes("[".repeat(20_000)),
  bytes('{"a":'.repeat(10_000)),
  bytes("a".repeat(70_000)),
  bytes(" ".repeat(20_000)),
  bytes("(".repeat(5_000)),
  bytes("\\".repeat(5_001)),
  bytes("a: ".repeat(3_000)),
  bytes(`${"[".repeat(9_000)}${"]".repeat(9_000)}`),
  bytes(`${'{"a":'.repeat(9_000)}1${"}".repeat(9_000)}`),
  bytes("\n".repeat(20_000)),
];

/** A text that replaces one value. The last alternative is deep but well-formed, so that it reaches the code after the parser. */
export const hostileValue: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...VALUES.map(bytes)) },
  { weight: 2, arbitrary: fc.json().map(bytes) },
  { weight: 1, arbitrary: fc.constantFrom(...LONG.slice(7, 9)) },
);

/** Bytes to insert at any position. */
export const hostileBytes: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom(...SHORT) },
  { weight: 6, arbitrary: fc.constantFrom(...VALUES.map(bytes)) },
  { weight: 1, arbitrary: fc.constantFrom(...LONG) },
);
