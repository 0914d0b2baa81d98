import { expect } from "chai";
import type { LinkPlace } from "../../../src/words/link-place.ts";
import {
  configuredAddress,
  missingVariable,
  variablesFor,
  withPeer,
} from "../../../src/catalogue/connection-strings/configured-address.ts";
import { linkSentence } from "../../../src/catalogue/connection-strings/link-sentence.ts";

const TWO: LinkPlace = { hostVariable: "H", portVariable: "P" };
const ONE: LinkPlace = { variable: "URL" };
const NAME: LinkPlace = { name: "db.internal", port: 5432 };
const LINK = { host: "127.0.0.1", port: 40_001 };

describe("the variable or host name where a function finds its peer", () => {
  it("gives the peer's address, null if there is no value, or the problem with the value", () => {
    expect([
      configuredAddress(TWO, { H: "db", P: "1" }),
      configuredAddress(TWO, { H: "db", P: "x" }),
      configuredAddress(TWO, { H: "db" }),
      configuredAddress(ONE, { URL: "redis://db" }),
      configuredAddress(ONE, { URL: "tcp://db" }),
      configuredAddress(ONE, { URL: "a secret" }),
      configuredAddress(ONE, {}),
      configuredAddress(NAME, {}),
    ]).to.deep.equal([
      { host: "db", port: 1 },
      { problem: "P is not a port from 1 to 65535" },
      null,
      { host: "db", port: 6379 },
      { problem: "URL names db without a port: add it as :PORT" },
      { problem: "URL holds no URL, DSN or HOST:PORT that longrun can read" },
      null,
      { host: "db.internal", port: 5432 },
    ]);
  });

  it("gets the address of the link if it is two variables (host and port), or one variable that holds a readable address", () => {
    expect([
      variablesFor(TWO, {}, LINK),
      variablesFor(ONE, { URL: "redis://db/0", OTHER: "x" }, LINK),
      variablesFor(ONE, { URL: "a secret" }, LINK),
      variablesFor(ONE, {}, LINK),
      variablesFor(NAME, {}, LINK),
    ]).to.deep.equal([{ H: "127.0.0.1", P: "40001" }, { URL: "redis://127.0.0.1:40001/0" }, {}, {}, {}]);
  });

  it("keeps a value that the user set, except that an address inside a URL becomes the link's", () => {
    expect([
      withPeer(TWO, { H: "mine", A: "b" }, LINK),
      withPeer(ONE, { URL: "redis://db", A: "b" }, LINK),
      withPeer(ONE, { URL: "redis://db" }, null),
    ]).to.deep.equal([
      { H: "mine", P: "40001", A: "b" },
      { URL: "redis://127.0.0.1:40001", A: "b" },
      { URL: "redis://db" },
    ]);
  });

  it("is reported as missing if the function does not have the variable, with the names of the variables that it has", () => {
    expect([missingVariable("URL", { B: "secret", A: "secret" }), missingVariable("URL", {})]).to.deep.equal([
      "the function has no variable URL; it has A, B",
      "the function has no variable URL; it has none at all",
    ]);
  });

  it("is named in the sentence about what a link overrides", () => {
    const to = { host: "fd00::1", port: 5432 };
    expect([TWO, ONE, NAME].map((place) => linkSentence(place, to, {}))).to.deep.equal([
      "H and P give each environment the address of its own link, which relays to [fd00::1]:5432",
      "URL gives each environment the address of its own link, which relays to [fd00::1]:5432",
      "inside each environment, db.internal:5432 is the address of its own link, which relays to [fd00::1]:5432",
    ]);
  });
});
