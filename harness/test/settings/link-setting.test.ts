import { expect } from "chai";
import {
  linkPlace,
  linkProblems,
  overriddenSentence,
  peerInVariables,
  reachedPeer,
  type LinkFlags,
} from "../../src/settings/link-setting.ts";
import * as kinds from "../../src/settings/value-kinds.ts";
import {
  linkChoice,
  linkText,
  resolvedName,
  resolvedNameText,
  type LinkChoice,
} from "../../src/settings/value-parsers.ts";

const DB = { host: "db.internal", port: 5432 };
const URL = { variable: "URL", address: null };
const HOST: LinkChoice = { byName: true, address: null };
const TWO = { hostVariable: "HOST", portVariable: "PORT", address: null };
const given = (settings: Partial<LinkFlags>): LinkFlags => ({
  link: TWO,
  peer: null,
  resolve: null,
  env: [],
  ...settings,
});
const env = (variables: Readonly<Record<string, string>>): LinkFlags["env"] =>
  Object.entries(variables).map(([key, value]) => ({ key, value }));
const problems = (settings: Partial<LinkFlags>): readonly string[] =>
  linkProblems(given(settings)).map(({ where, text }) => `${where}: ${text}`);

describe("--link", () => {
  for (const [text, expected] of [
    ["HOST:PORT", TWO],
    ["HOST:PORT=[::1]:5", { ...TWO, address: { host: "::1", port: 5 } }],
    ["DATABASE_URL", { variable: "DATABASE_URL", address: null }],
    ["URL=db.internal:5432", { ...URL, address: DB }],
    ["host", HOST],
    ["host=db.internal:5432", { byName: true, address: DB }],
  ] as const)
    it(`reads ${text}`, () => {
      expect(linkChoice(text)).to.deep.equal({ ok: true, value: expected });
    });

  for (const text of ["", "1", "A:B:C", "A=", "A=db", "A:B=db:x", "A-B"])
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(linkChoice(text).ok).to.equal(false);
    });

  it("is read back from a manifest", () => {
    for (const choice of [TWO, URL, HOST, { ...URL, address: DB }])
      expect(kinds.linkChoice.read(JSON.parse(JSON.stringify(choice)))).to.deep.equal({
        ok: true,
        value: choice,
      });
  });

  it("is written in a form that can be read again", () => {
    for (const place of [TWO, URL, HOST]) {
      const settled = linkPlace({ link: place, peer: DB });
      const again = linkChoice(linkText(settled));
      expect(again.ok ? linkPlace({ link: again.value, peer: null }) : null).to.deep.equal(settled);
    }
  });

  it("takes the peer's address from its variables, or from --peer for a link by name", () => {
    expect([
      peerInVariables({ link: URL, env: env({ URL: "postgres://db.internal/app" }) }),
      peerInVariables({ link: URL, env: env({ URL: "nothing" }) }),
      peerInVariables({ link: TWO, env: env({ HOST: "db.internal", PORT: "5432" }) }),
      peerInVariables({ link: TWO, env: env({ HOST: "db.internal" }) }),
      linkPlace({ link: HOST, peer: DB }),
    ]).to.deep.equal([DB, null, DB, null, { name: "db.internal", port: 5432 }]);
  });

  it("has one sentence about the addresses that it replaces", () => {
    expect([
      overriddenSentence(given({ link: URL, peer: DB })),
      overriddenSentence(
        given({ link: URL, peer: DB, env: env({ URL: "postgres://db.internal,standby:5433/app" }) }),
      ),
      overriddenSentence(
        given({ link: HOST, peer: DB, resolve: { name: "db.internal", host: "10.0.9.9", port: null } }),
      ),
      overriddenSentence(given({ env: env({ HOST: "plc", PORT: "502" }) })),
      overriddenSentence(given({})),
    ]).to.deep.equal([
      "URL gives each environment the address of its own link, which relays to db.internal:5432",
      "URL gives each environment the address of its own link, which relays to db.internal:5432 and never to standby:5433, which URL also names",
      "inside each environment, db.internal:5432 is the address of its own link, which relays to 10.0.9.9:5432",
      "HOST and PORT give each environment the address of its own link, which relays to plc:502",
      null,
    ]);
  });

  const refused: readonly (readonly [string, Partial<LinkFlags>, readonly (string | RegExp)[]])[] = [
    [
      "a variable that the function does not have",
      { link: URL, env: env({ B: "secret", A: "secret" }) },
      ["--link URL: the function has no variable URL; it has A, B. Give it with --env URL=VALUE"],
    ],
    [
      "a variable without a port",
      { link: URL, env: env({ URL: "tcp://plc" }) },
      ["--link URL: URL names plc without a port: add it as :PORT"],
    ],
    [
      "a variable that cannot be read, also with --peer",
      { link: URL, peer: DB, env: env({ URL: "secret word" }) },
      ["--link URL: URL holds no URL, DSN or HOST:PORT that longrun can read"],
    ],
    [
      "a port that is no number",
      { env: env({ HOST: "db", PORT: "abc" }) },
      ["--link HOST:PORT: PORT is not a port from 1 to 65535"],
    ],
    [
      "a host without a port",
      { env: env({ HOST: "db", PORT: "" }) },
      [/^--link HOST:PORT: HOST is given and PORT is not/],
    ],
    [
      "a port without a host",
      { env: env({ PORT: "5432" }) },
      [/^--link HOST:PORT: PORT is given and HOST is not/],
    ],
    ["a link by name without --peer", { link: HOST }, [/^--link host: expected --peer NAME:PORT too/]],
    [
      "a link by name if --peer has an IP address",
      { link: HOST, peer: { host: "10.0.9.9", port: 1 } },
      [/^--peer 10\.0\.9\.9:1: expected a name/],
    ],
  ];
  for (const [title, settings, expected] of refused)
    it(`refuses ${title}`, () => {
      const found = problems(settings);
      expect(found).to.have.length(expected.length);
      for (const [index, one] of expected.entries())
        if (typeof one === "string") expect(found[index]).to.equal(one);
        else expect(found[index]).to.match(one);
    });

  it("accepts a variable without a port if --peer has the port", () => {
    expect(problems({ link: URL, peer: DB, env: env({ URL: "tcp://plc" }) })).to.deep.equal([]);
  });
});

describe("--resolve", () => {
  for (const [text, expected] of [
    ["db.internal=10.0.9.9", { name: "db.internal", host: "10.0.9.9", port: null }],
    ["db.internal=[fd00::1]:15432", { name: "db.internal", host: "fd00::1", port: 15_432 }],
  ] as const)
    it(`reads ${text}, and writes it again`, () => {
      const read = resolvedName(text);
      expect(read).to.deep.equal({ ok: true, value: expected });
      expect(resolvedNameText(expected)).to.equal(text);
    });

  it("gives the address at which the peer is reached", () => {
    expect([
      reachedPeer({ peer: DB, resolve: { name: "db.internal", host: "10.0.9.9", port: null } }),
      reachedPeer({ peer: DB, resolve: { name: "db.internal", host: "10.0.9.9", port: 1 } }),
      reachedPeer({ peer: DB, resolve: null }),
    ]).to.deep.equal([{ host: "10.0.9.9", port: 5432 }, { host: "10.0.9.9", port: 1 }, DB]);
  });

  for (const text of ["db", "db=", "=10.0.9.9", "db=10.0.9.9:0", "db=a:b"])
    it(`refuses ${text}`, () => {
      expect(resolvedName(text).ok).to.equal(false);
    });
});
