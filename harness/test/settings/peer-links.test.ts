import { expect } from "chai";
import { serveLinks, type PeerLink } from "../../src/settings/peer-links.ts";
import { resolveSoak } from "../../src/cli/soak/resolve-soak.ts";
import type { SoakFlags } from "../../src/settings/soak-settings.ts";
import { hostPort, linkChoice, ofPeer, type LinkChoice } from "../../src/settings/value-parsers.ts";

const DB = { host: "db.internal", port: 5432 };
const BROKER = { host: "broker", port: 1883 };
const URL: LinkChoice = { variable: "URL", address: null };
const HOST: LinkChoice = { byName: true, address: null };
const CODE: SoakFlags = { code: [{ label: "a", name: "a.mjs" }] };
const of = <Value>(value: Value, name: string | null = null): { name: string | null; value: Value } => ({
  name,
  value,
});
const env = (variables: Readonly<Record<string, string>>): NonNullable<SoakFlags["env"]> =>
  Object.entries(variables).map(([key, value]) => ({ key, value }));
const soak = (flags: SoakFlags): ReturnType<typeof resolveSoak> =>
  resolveSoak({ ...CODE, ...flags }, {}, null);
const problems = (flags: SoakFlags): readonly string[] =>
  soak(flags).problems.map(({ where, text }) => `${where}: ${text}`);

describe("a flag's value for one of several peers", () => {
  const link = ofPeer(linkChoice);
  for (const [text, expected] of [
    ["URL", of(URL)],
    ["db=URL", of(URL, "db")],
    ["db=host", of(HOST, "db")],
    ["db=HOST:PORT", of({ hostVariable: "HOST", portVariable: "PORT", address: null }, "db")],
    ["URL=db.internal:5432", of({ ...URL, address: DB })],
    ["host=db.internal:5432", of({ byName: true, address: DB })],
    ["db=host=db.internal:5432", of({ byName: true, address: DB }, "db")],
    ["db=URL=db.internal:5432", of({ ...URL, address: DB }, "db")],
  ] as const)
    it(`is read from --link ${text}`, () => {
      expect(link(text)).to.deep.equal({ ok: true, value: expected });
    });

  it("is read from --peer", () => {
    const peer = ofPeer(hostPort);
    expect([peer("db=db.internal:5432"), peer("db.internal:5432"), peer("db=")]).to.deep.equal([
      { ok: true, value: of(DB, "db") },
      { ok: true, value: of(DB) },
      { ok: false, expected: "HOST:PORT such as 10.0.9.9:7000" },
    ]);
  });
});

describe("a soak with one peer", () => {
  it("takes the peer's address from the variable, unless --peer or --admission is given", () => {
    const flags = { link: [of(URL)], env: env({ URL: "postgres://db.internal/app" }) };
    expect([
      soak(flags).settings.peer,
      soak({ ...flags, peer: [of({ host: "other", port: 1 })] }).settings.peer,
      soak({ ...flags, admission: "refuse" }).settings.peer,
      soak({}).settings.peer,
    ]).to.deep.equal([DB, { host: "other", port: 1 }, null, null]);
  });

  it("takes the peer's address from two variables, and has no address if one of them is missing", () => {
    const link: LinkChoice = { hostVariable: "HOST", portVariable: "PORT", address: null };
    const peer = (variables: Readonly<Record<string, string>>) =>
      soak({ link: [of(link)], env: env(variables) }).settings.peer;
    expect([peer({ HOST: "db.internal", PORT: "5432" }), peer({ HOST: "db.internal" })]).to.deep.equal([
      DB,
      null,
    ]);
  });

  it("refuses --resolve for another name than the peer's, and --resolve without a link by name", () => {
    const resolve = [{ name: "x", host: "10.0.9.9", port: null }];
    expect([
      problems({ peer: [of(DB)], link: [of(HOST)], resolve }),
      problems({ peer: [of(DB)], resolve }),
    ]).to.deep.equal([
      ["--resolve x: expected the name of a peer with --link host: db.internal"],
      ["--resolve x: expected the name of a peer with --link host"],
    ]);
  });

  it("has the protocol that is given without a name", () => {
    const protocols = ({ protocol }: SoakFlags): readonly string[] =>
      soak({ peer: [of(DB)], ...(protocol === undefined ? {} : { protocol }) }).settings.links.map(
        (one) => one.protocol,
      );
    expect([protocols({}), protocols({ protocol: [of("raw" as const)] })]).to.deep.equal([["auto"], ["raw"]]);
  });

  it("accepts a variable whose value is not given, if the function exists already", () => {
    const existing: SoakFlags = {
      function: [{ label: "mine", name: "mine" }],
      endpoint: "http://127.0.0.1:3001",
    };
    const wrong = (link: LinkChoice): readonly string[] =>
      resolveSoak({ ...existing, link: [of(link)] }, {}, null).problems.map(({ where }) => where);
    expect([wrong(URL), wrong(HOST)]).to.deep.equal([[], ["--link"]]);
  });
});

describe("a soak with several peers", () => {
  const several: SoakFlags = {
    peer: [of(DB, "db"), of(BROKER, "broker")],
    link: [of(HOST, "db"), of({ variable: "MQTT", address: null }, "broker")],
    resolve: [{ name: "db.internal", host: "10.0.9.9", port: null }],
    env: env({ MQTT: "mqtt://plc" }),
    protocol: [{ name: "broker", value: "mqtt" }],
    capacity: [{ name: "db", value: 5 }],
  };

  it("has a link and an address for each peer", () => {
    const { settings, problems: none } = soak(several);
    expect(none).to.deep.equal([]);
    const expected: readonly PeerLink[] = [
      {
        name: "db",
        link: HOST,
        peer: DB,
        resolve: { name: "db.internal", host: "10.0.9.9", port: null },
        protocol: "auto",
        capacity: 5,
      },
      {
        name: "broker",
        link: { variable: "MQTT", address: null },
        peer: BROKER,
        resolve: null,
        protocol: "mqtt",
        capacity: null,
      },
    ];
    expect(settings.links).to.deep.equal(expected);
    expect(settings.capacity).to.equal(5);
  });

  for (const [title, flags, expected] of [
    [
      "a peer without a name beside a named peer",
      { peer: [of(DB), of(BROKER, "broker")] },
      /^--peer: expected a name/,
    ],
    ["two peers without names", { peer: [of(DB), of(BROKER)], link: [] }, /^--peer: expected NAME=/],
    ["one name twice", { peer: [of(DB, "db"), of(BROKER, "db")] }, /^--peer db=…: was given already/],
    ["a peer without a link", { link: [of(URL, "broker")] }, /^--peer db=…: expected --link db=WHERE too/],
    [
      "links to one variable for two peers",
      { link: [of(URL, "db"), of(URL, "broker")], env: env({ URL: "a:1" }) },
      /^--link URL: expected another variable or name/,
    ],
    [
      "a protocol for a peer that the function does not have",
      { protocol: [{ name: "x", value: "raw" }] },
      /^--protocol x=raw: expected the name/,
    ],
    [
      "a capacity for a peer that the function does not have",
      { capacity: [{ name: "x", value: 5 }] },
      /^--capacity x=5: expected the name/,
    ],
    ["a peer of ours among several", { admission: "refuse" }, /^--admission: works only with a single peer/],
    [
      "a link to two variables without the peer's address",
      {
        peer: [of(BROKER, "broker")],
        link: [of({ hostVariable: "HOST", portVariable: "PORT", address: null }, "db"), of(URL, "broker")],
        env: env({ URL: "a:1" }),
      },
      /^--link db=…: expected --peer db=HOST:PORT too/,
    ],
  ] as readonly (readonly [string, SoakFlags, RegExp])[])
    it(`refuses ${title}`, () => {
      expect(problems({ ...several, resolve: [], ...flags })).to.satisfy((found: readonly string[]) =>
        found.some((one) => expected.test(one)),
      );
    });
});

describe("the links of longrun serve", () => {
  it("relay to the address after =, or else to the address in the function's variables", () => {
    const resolve = [{ name: "db.internal", host: "10.0.9.9", port: null }];
    expect([
      serveLinks({}).links.map(({ link }) => link),
      serveLinks({ link: [of({ byName: true, address: DB }, "db"), of(URL, "broker")], resolve }).links,
    ]).to.deep.equal([
      [{ hostVariable: "PEER_HOST", portVariable: "PEER_PORT", address: null }],
      [
        {
          name: "db",
          link: { byName: true, address: DB },
          peer: DB,
          resolve: resolve[0],
          protocol: "auto",
          capacity: null,
        },
        { name: "broker", link: URL, peer: null, resolve: null, protocol: "auto", capacity: null },
      ],
    ]);
  });

  it("need NAME:PORT in the flag for a link by host name, because the functions are created later", () => {
    expect(serveLinks({ link: [of(HOST)] }).problems).to.deep.equal([
      { where: "--link host", text: "expected --link host=NAME:PORT" },
    ]);
  });
});
