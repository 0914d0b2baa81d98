import { expect } from "chai";
import { decodeMessage } from "../../src/logs/stream-event.ts";
import { readAs } from "../../src/logs/parse-error-line.ts";
import { MessageRedactor } from "../../src/redact/redact-message.ts";
import { errorType } from "../../src/redact/names.ts";
import { Replacements } from "../../src/redact/replacements.ts";
import { LINE_FORMS } from "../catalogue/runtimes/failure-lines.ts";

const ID = "8f3b2c1d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

/** What a family's reader says about a line, with the replacements of id and error type. */
function reading(message: string, family: string, names: Replacements | null): unknown {
  const said = decodeMessage(message);
  const one = said.kind === "error" ? readAs(said.error, family) : null;
  if (one === null) return null;
  const { kind, requestId, errorType: type } = one;
  return {
    kind,
    requestId: requestId === null || names === null ? requestId : names.id(requestId),
    errorType: type === null || names === null ? type : errorType(names, type),
  };
}

describe("the redaction of a line about a failed invocation", () => {
  for (const { family, title, kind, events } of LINE_FORMS)
    if (kind !== "application")
      it(`keeps what the reader of ${family} reads: ${title}`, () => {
        const names = new Replacements(() => 0);
        const redactor = new MessageRedactor(names);
        for (const event of events(ID))
          expect(reading(redactor.redact(event), family, null)).to.deep.equal(reading(event, family, names));
      });
});

describe("the redaction of a platform record that names a tenant", () => {
  it("gives the same tenant the same name, and another one another", () => {
    const redactor = new MessageRedactor(new Replacements(() => 0));
    const copied = (tenantId: string): unknown => {
      const record = { requestId: ID, version: "$LATEST", tenantId };
      const time = "2026-11-25T01:02:03.456Z";
      const copy = redactor.redact(JSON.stringify({ time, type: "platform.start", record }));
      return (JSON.parse(copy) as { readonly record: { readonly tenantId: unknown } }).record.tenantId;
    };
    expect([copied("blue"), copied("green"), copied("blue")]).to.deep.equal([
      "tenant-1",
      "tenant-2",
      "tenant-1",
    ]);
  });
});
