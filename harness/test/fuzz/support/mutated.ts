/** Makes cases: valid samples that are changed in a few places, and input of any other kind. */
import fc from "fast-check";
import type { FuzzCase } from "./fuzz-case.ts";
import { hostileBytes, hostileValue } from "./hostile-bytes.ts";

/** A position is a share of the length, in 65536ths, because the length is not known when the position is drawn. */
const position = fc.nat(0xffff);
const few = fc.oneof({ weight: 5, arbitrary: fc.nat(12) }, { weight: 1, arbitrary: fc.nat(2_000) });

/** A part is repeated at most to this length, on which a reader that takes quadratic time is seen to hang. */
const REPEATED_BYTES = 1 << 16;

const change = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("flip" as const), at: position, byte: fc.nat(255) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("cut" as const), at: position, length: few }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("end" as const), at: position }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("duplicate" as const),
      at: position,
      length: few,
      times: fc.oneof(
        { weight: 25, arbitrary: fc.nat(3) },
        { weight: 5, arbitrary: fc.nat(300) },
        { weight: 1, arbitrary: fc.constant(REPEATED_BYTES) },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("splice" as const),
      at: position,
      other: fc.nat(),
      from: position,
      length: few,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("insert" as const), at: position, bytes: hostileBytes }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("value" as const), at: position, bytes: hostileValue }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("repeat-line" as const), at: position, to: position }),
  },
);

type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;

/** A token: a quoted text, a number or a word. A change of the kind `value` replaces one. */
const TOKEN = /"(?:[^"\\\n]|\\.){0,400}"|-?\d[\w.+-]*|[A-Za-z_$][\w$-]*/g;
/** A changed sample is cut at this length, so that a case cannot take gigabytes. */
const LONGEST = 1 << 20;

const anything: fc.Arbitrary<Uint8Array> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ maxLength: 200 }).map((text) => Buffer.from(text, "utf8")),
  fc.json().map((text) => Buffer.from(text, "utf8")),
  fc.array(hostileBytes, { maxLength: 12 }).map((parts) => Buffer.concat(parts)),
);

const pieces = fc.oneof(
  { weight: 2, arbitrary: fc.constant<number[]>([]) },
  { weight: 1, arbitrary: fc.constant([1]) },
  { weight: 3, arbitrary: fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 6 }) },
);

/** Nine of ten cases are changed samples. Some are not changed at all: a sample must be read without an error too. */
export function mutated(samples: readonly Uint8Array[]): fc.Arbitrary<FuzzCase> {
  const changed = fc
    .tuple(fc.constantFrom(...samples), fc.array(change, { maxLength: 6 }))
    .map(([sample, changes]) =>
      changes.reduce<Uint8Array>((bytes, one) => apply(bytes, one, samples).subarray(0, LONGEST), sample),
    );
  const bytes = fc.oneof({ weight: 9, arbitrary: changed }, { weight: 1, arbitrary: anything });
  return fc.record({ bytes, pieces });
}

function apply(bytes: Uint8Array, one: Change, samples: readonly Uint8Array[]): Uint8Array {
  const at = Math.floor((one.at / 0x10000) * (bytes.length + 1));
  switch (one.kind) {
    case "flip":
      return at >= bytes.length ? bytes : replaced(bytes, at, at + 1, Uint8Array.of(one.byte));
    case "cut":
      return replaced(bytes, at, at + one.length);
    case "end":
      return bytes.subarray(0, at);
    case "duplicate": {
      const copy = bytes.subarray(at, at + one.length);
      const times = Math.min(one.times, Math.ceil(REPEATED_BYTES / Math.max(1, copy.length)));
      return replaced(bytes, at, at, ...Array.from({ length: times }, () => copy));
    }
    case "splice": {
      const other = samples[one.other % samples.length] ?? bytes;
      const from = Math.floor((one.from / 0x10000) * other.length);
      return replaced(bytes, at, at, other.subarray(from, from + one.length));
    }
    case "insert":
      return replaced(bytes, at, at, one.bytes);
    case "value": {
      const tokens = [...Buffer.from(bytes.subarray(0, LONGEST)).toString("latin1").matchAll(TOKEN)];
      const token = tokens[Math.floor((one.at / 0x10000) * tokens.length)];
      if (token === undefined) return replaced(bytes, at, at, one.bytes);
      return replaced(bytes, token.index, token.index + token[0].length, one.bytes);
    }
    case "repeat-line": {
      const lines = Buffer.from(bytes).toString("latin1").split("\n");
      const line = lines[Math.floor((one.at / 0x10000) * lines.length)] ?? "";
      lines.splice(Math.floor((one.to / 0x10000) * lines.length), 0, line);
      return Buffer.from(lines.join("\n"), "latin1");
    }
  }
}

function replaced(bytes: Uint8Array, from: number, to: number, ...by: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat([bytes.subarray(0, from), ...by, bytes.subarray(to)]);
}
