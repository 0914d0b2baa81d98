import { expect } from "chai";
import { HiddenValues } from "../../src/settings/hidden-values.ts";
import { linkChoice } from "../../src/settings/value-parsers.ts";

function hiding(variables: Readonly<Record<string, string>>, ...links: readonly string[]): HiddenValues {
  const hidden = new HiddenValues();
  hidden.add(
    Object.entries(variables).map(([key, value]) => ({ key, value })),
    links.flatMap((text) => {
      const link = linkChoice(text);
      return link.ok ? [{ name: null, value: link.value }] : [];
    }),
  );
  return hidden;
}

describe("the values of variables", () => {
  const SECRET = 'hün"ter/2 \\zq';
  const json = JSON.stringify(SECRET);
  const forms: readonly (readonly [form: string, text: string])[] = [
    ["as they are", SECRET],
    ["in JSON", json],
    ["in JSON inside JSON", JSON.stringify(json)],
    ["in JSON with escaped letters", json.replace("ü", "\\u00fc")],
    ["in JSON with escaped slashes", json.replace("/", "\\/")],
    ["in a URL", `https://x/?p=${encodeURIComponent(SECRET)}`],
    [
      "in a URL with small hex digits",
      encodeURIComponent(SECRET).replace(/%../g, (code) => code.toLowerCase()),
    ],
    ["in a form", encodeURIComponent(SECRET).replaceAll("%20", "+")],
  ];
  for (const [form, text] of forms)
    it(`are hidden ${form}`, () => {
      const shown = hiding({ PASSWORD: SECRET }).hide(`at ${text}; again ${text}`);
      expect(shown).to.match(/\*\*\*PASSWORD\*\*\*.*\*\*\*PASSWORD\*\*\*/);
      expect(shown).not.to.match(/ter|zq/);
    });

  const parts: readonly (readonly [value: string, part: string])[] = [
    ["postgres://me:zq%40secret@db:5432/app", "zq%40secret"],
    ["postgres://me:zq%40secret@db:5432/app", "zq@secret"],
    ["redis://:zqsecret@db", "zqsecret"],
    ["me:zq@sec:ret@tcp(db:3306)/app", "zq@sec:ret"],
    ["Server=db;User Id=me;Password=zqsecret;", "zqsecret"],
    ["host=db password='zq secret' user=me", "zq secret"],
    ['{"user":"me","password":"zqsecret"}', "zqsecret"],
    ["-----BEGIN KEY-----\nMIIEzqzqzqzqzqzqzq\n-----END KEY-----", "MIIEzqzqzqzqzqzqzq"],
  ];
  for (const [value, part] of parts)
    it(`are hidden in part too: ${part} of ${JSON.stringify(value)}`, () => {
      expect(hiding({ DB: value }).hide(`failed with ${part}.`)).to.equal("failed with ***DB***.");
    });

  it("are hidden completely where they overlap or contain each other", () => {
    const hidden = hiding({ A: "abcdefgh", B: "efghijkl", C: "defg-long-defg" });
    expect(hidden.hide("x abcdefghijkl y defg-long-defg z")).to.equal("x ***A*** y ***C*** z");
    expect(hiding({ A: "abcdefgh", B: "efgh00" }).hide("abcdefgh efgh00")).to.equal("***A*** ***B***");
  });

  it("are shown if they are short, or short numbers, because they would hide parts of other texts", () => {
    const values = ["1", "true", "5432", "test", "30000", "false", "", "12.5"];
    for (const value of values) expect(hiding({ X: value }).hides(`a ${value} b`), value).to.equal(false);
    expect(hiding({ X: "1764633600" }).hides("1764633600")).to.equal(true);
  });

  it("are shown inside a longer word if they have letters alone, because such a value can be an ordinary word", () => {
    const hidden = hiding({ STAGE: "production", TOKEN: "zq7secret" });
    const kept = "reproduction productions production2";
    const url = "http://x/?a=1%20production";
    const json = JSON.stringify({ a: "x\nproduction", b: JSON.stringify("\tproduction") });
    expect(hidden.hide(`${kept} production, _production ${json} ${url} azq7secretb`)).to.equal(
      `${kept} ***STAGE***, _***STAGE*** ${json.replaceAll("production", "***STAGE***")} ${url.replace("production", "***STAGE***")} a***TOKEN***b`,
    );
  });

  it("are hidden where two of letters alone touch", () => {
    expect(hiding({ A: "abcdefgh", B: "ijklmnop" }).hide("abcdefghijklmnop")).to.equal("***A******B***");
  });

  it("are shown if they are the name of the peer's protocol", () => {
    expect(hiding({ PEER_PROTOCOL: "longrun" }).hides("longrun")).to.equal(false);
    expect(hiding({ PEER_PROTOCOL: "zqsecret" }).hides("zqsecret")).to.equal(true);
    expect(hiding({ OTHER: "longrun" }).hides("longrun")).to.equal(true);
  });

  it("are shown if they are only the address of a peer, by which connections are found", () => {
    const variables = {
      DB_HOST: "db.internal",
      DB_PORT: "15432",
      PLC: "10.0.9.9:7000",
      PEER_HOST: "plc.internal",
    };
    const text = "db.internal:15432, 10.0.9.9:7000, plc.internal";
    expect(hiding(variables, "DB_HOST:DB_PORT", "PLC").hide(text)).to.equal(text);
    expect(hiding({ OTHER: "db.internal" }, "DB_HOST:DB_PORT").hide(text)).to.include("***OTHER***:15432");
    expect(hiding({ URL: "redis://:zqsecret@db.internal" }, "URL").hide("db.internal zqsecret")).to.equal(
      "db.internal ***URL***",
    );
  });
});
