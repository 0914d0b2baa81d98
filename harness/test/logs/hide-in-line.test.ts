import { expect } from "chai";
import { decodeMessage } from "../../src/logs/stream-event.ts";
import { hideInLine } from "../../src/logs/hide-in-line.ts";
import { HiddenValues } from "../../src/settings/hidden-values.ts";
import { PLATFORM_TEXTS } from "../fuzz/samples/platform-texts.ts";
import { LINE_FORMS } from "../catalogue/runtimes/failure-lines.ts";

const ID = "8f3b2c1d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
const BOOT =
  '{"longrun":1,"time":"2026-11-25T20:48:23.109Z","event":"connect","bootId":"boot","phase":"invoke","requestId":null,"sequence":1,"connection":1,"peerName":"gateway","outcome":"accepted","url":"tcp://gateway/zq-secret"}';
const LINES = [
  ...PLATFORM_TEXTS,
  BOOT,
  ...LINE_FORMS.flatMap(({ events }) => events(ID)),
  "my own line: zq-secret gateway",
];

/** The judgement reads an error's type, but not its wording. */
function said(line: string): unknown {
  const decoded = decodeMessage(line);
  return decoded.kind === "error" ? decoded.error.readings : decoded;
}

describe("a log line without the values of variables", () => {
  it("says the same to the judgement, also if values are words of the platform or the name of a peer", () => {
    const words = [...new Set(LINES.flatMap((line) => line.match(/[\w.-]{6,}/g) ?? []))];
    for (const [index, line] of LINES.entries()) {
      const hidden = new HiddenValues();
      // Each line gets its own words and some of the other lines.
      hidden.add(
        [...(line.match(/[\w.-]{6,}/g) ?? []), ...words.filter((_, n) => n % 20 === index % 20)].map(
          (value) => ({
            key: "WORD",
            value,
          }),
        ),
      );
      expect(said(hideInLine(line, hidden.find)), line).to.deep.equal(said(line));
    }
  });

  it("has no value in the parts that the judgement does not read", () => {
    const hidden = new HiddenValues();
    hidden.add([
      { key: "NAME", value: "gateway" },
      { key: "TOKEN", value: "zq-secret" },
    ]);
    expect(hideInLine(BOOT, hidden.find)).to.equal(
      BOOT.replace("tcp://gateway/zq-secret", "tcp://***NAME***/***TOKEN***"),
    );
    expect(hideInLine("my own line: zq-secret gateway", hidden.find)).to.equal(
      "my own line: ***TOKEN*** ***NAME***",
    );
  });
});
