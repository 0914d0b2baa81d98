import { expect } from "chai";
import fc from "fast-check";
import { JsonScanner } from "../../../src/logs/forms/json-scanner.ts";

function scan(
  bytes: Buffer,
  pieceLength: number,
  limit = 1 << 20,
): { readonly values: readonly (readonly [unknown, unknown])[]; readonly broken: number } {
  const values: (readonly [unknown, unknown])[] = [];
  let broken = 0;
  const scanner = new JsonScanner(
    {
      value: (text, envelope) =>
        values.push([
          JSON.parse(text) as unknown,
          envelope === null ? null : (JSON.parse(envelope) as unknown),
        ]),
      broken: () => {
        broken += 1;
      },
    },
    limit,
  );
  for (let from = 0; from < bytes.length; from += pieceLength)
    scanner.push(Buffer.from(bytes.subarray(from, from + pieceLength)));
  scanner.finish();
  return { values, broken };
}

const members = fc.dictionary(
  fc
    .string()
    .filter((key) => !["events", "logEvents", "results", "Records", "data", "__proto__"].includes(key)),
  fc.jsonValue({ maxDepth: 3 }).filter((value) => !JSON.stringify(value).includes("__proto__")),
  { maxKeys: 5 },
);
const pieces = fc.integer({ min: 1, max: 50 });
const indent = fc.constantFrom(0, 1, 4);

describe("JSON scanner", () => {
  it("returns objects as they were written, whatever separates them and wherever the input is cut", () => {
    fc.assert(
      fc.property(
        fc.array(members, { maxLength: 6 }),
        indent,
        fc.constantFrom("", "\n", ",\n", " \r\n"),
        pieces,
        (objects, width, between, length) => {
          const text = objects.map((object) => JSON.stringify(object, null, width)).join(between);
          expect(scan(Buffer.from(text), length)).to.deep.equal({
            values: objects.map((object) => [JSON.parse(JSON.stringify(object)) as unknown, null]),
            broken: 0,
          });
        },
      ),
    );
  });

  it("returns the events in an API answer one by one, with the members before the list", () => {
    fc.assert(
      fc.property(
        members,
        fc.array(members, { minLength: 1, maxLength: 5 }),
        members,
        indent,
        pieces,
        (before, events, after, width, length) => {
          const text = JSON.stringify(
            {
              ...before,
              events,
              ...Object.fromEntries(Object.entries(after).map(([key, value]) => [`~${key}`, value])),
            },
            null,
            width,
          );
          const { values, broken } = scan(Buffer.from(text), length);
          expect(broken).to.equal(0);
          expect(values.map(([event]) => event)).to.deep.equal(JSON.parse(JSON.stringify(events)));
          // The envelope (the object around the list) has only the members before the list. Which members these are is not compared,
          // because JavaScript puts numeric keys first.
          for (const [, envelope] of values) expect(envelope).to.have.property("events").that.deep.equals([]);
        },
      ),
    );
  });

  const ANSWERS: readonly (readonly [name: string, text: string, events: readonly unknown[]])[] = [
    ["Kinesis", '{"Records":[{"Data":"a"},{"Data":"b"}],"Next":"c"}', [{ Data: "a" }, { Data: "b" }]],
    ["Datadog", '{"data":[{"type":"log"}],"meta":{}}', [{ type: "log" }]],
    [
      "Loki",
      '{"status":"success","data":{"resultType":"streams","result":[{"a":1}],"stats":{}}}',
      [{ a: 1 }],
    ],
  ];
  for (const [name, text, events] of ANSWERS) {
    it(`returns the events in an answer of ${name} one by one`, () => {
      expect(scan(Buffer.from(text), 3).values.map(([event]) => event)).to.deep.equal(events);
    });
  }

  it("returns an object as a whole if its list is not where an API answer has its list", () => {
    for (const object of [
      { level: "INFO", data: [{ a: 1 }] },
      { Rest: 1, Records: [{ a: 1 }] },
      { status: "ok", data: [{ a: 1 }] },
      { status: "ok", data: { rest: { result: [{ a: 1 }] } } },
    ])
      expect(scan(Buffer.from(JSON.stringify(object)), 3).values).to.deep.equal([[object, null]]);
  });

  it("never throws, and finds an object after any invalid input", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), pieces, (garbage, length) => {
        const { values } = scanLoosely(
          Buffer.concat([garbage, Buffer.from('"\n}\n]\n\n{"last":1}\n{"last":2}\n')]),
          length,
        );
        expect(values.at(-1)).to.equal('{"last":2}');
      }),
    );
  });

  it("skips an object that is longer than the limit, and continues", () => {
    const text = `{"a":"${"x".repeat(500)}"}{"b":1}{"events":[{"c":"${"y".repeat(500)}"},{"d":2}]}`;
    expect(scan(Buffer.from(text), 10, 100)).to.deep.equal({
      values: [
        [{ b: 1 }, null],
        [{ d: 2 }, { events: [] }],
      ],
      broken: 2,
    });
  });
});

function scanLoosely(bytes: Buffer, length: number): { readonly values: readonly string[] } {
  const values: string[] = [];
  const scanner = new JsonScanner({ value: (text) => values.push(text), broken: () => undefined }, 200);
  for (let from = 0; from < bytes.length; from += length)
    scanner.push(Buffer.from(bytes.subarray(from, from + length)));
  scanner.finish();
  return { values };
}
