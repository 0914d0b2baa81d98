/** Tests the contrast of the page in both colour schemes: at least 4.5 : 1 for texts (WCAG 2 AA) and 3 : 1 for shapes. */
import { readFileSync } from "node:fs";
import { expect } from "chai";

const css = readFileSync(new URL("../../../src/report/page/style/colours.css", import.meta.url), "utf8");
const print = readFileSync(new URL("../../../src/report/page/style/print.css", import.meta.url), "utf8");

function block(source: string, selector: string): ReadonlyMap<string, string> {
  const start = source.indexOf(`${selector} {`);
  const body = source.slice(start, source.indexOf("}", start));
  return new Map(
    [...body.matchAll(/--([\w-]+):\s*([^;]+);/gu)].map((match) => [match[1] ?? "", match[2] ?? ""]),
  );
}

function luminance(colour: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((left, right) => left - right);
  return (light + 0.05) / (dark + 0.05);
}

const TEXTS = [
  ...["text", "muted", "silent", "pass", "fail", "inconclusive"].flatMap(
    (text) =>
      [
        [text, "page"],
        [text, "surface"],
        [text, "plot"],
      ] as const,
  ),
  ["pass", "pass-wash"],
  ["fail", "fail-wash"],
  ["inconclusive", "inconclusive-wash"],
  ["text", "grid"],
  ...["failed", "hold-0", "hold-1", "hold-2", "hold-3", "hold-4", "hold-5"].map(
    (under) => ["on-hold", under] as const,
  ),
] as const;
const SHAPES = ["ok", "failed", "unknown", "shutdown", "silent", "focus"] as const;

describe("colours of the page", () => {
  const schemes = { light: block(css, ":root"), dark: block(css, ":root:not(.paper)") };
  for (const [scheme, colours] of Object.entries(schemes)) {
    const colour = (name: string): string => colours.get(name) ?? "";
    it(`every text has a contrast of at least 4.5 : 1 in ${scheme}`, () => {
      expect(TEXTS.filter(([text, under]) => contrast(colour(text), colour(under)) < 4.5)).to.deep.equal([]);
    });
    it(`every shape has a contrast of at least 3 : 1 in ${scheme}`, () => {
      expect(SHAPES.filter((shape) => contrast(colour(shape), colour("plot")) < 3)).to.deep.equal([]);
    });
  }

  it("the light and the dark scheme define the same colours, and the page is white on paper", () => {
    expect([...schemes.dark.keys()]).to.deep.equal([...schemes.light.keys()]);
    expect([...block(print, ":root.paper")]).to.deep.equal([["page", "#ffffff"]]);
  });
});
