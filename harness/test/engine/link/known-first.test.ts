import { expect } from "chai";
import { knownFirst } from "../../../src/engine/link/known-first.ts";

const at = (...addresses: readonly string[]) => addresses.map((address) => ({ address }));

describe("knownFirst", () => {
  it("puts the known address first and keeps the order of the other addresses", () => {
    expect([
      knownFirst(at("::1", "127.0.0.1", "10.0.0.1"), "127.0.0.1"),
      knownFirst(at("::1", "127.0.0.1"), "10.0.0.9"),
      knownFirst(at("::1", "127.0.0.1"), undefined),
      knownFirst(at(), "::1"),
    ]).to.deep.equal([
      at("127.0.0.1", "::1", "10.0.0.1"),
      at("::1", "127.0.0.1"),
      at("::1", "127.0.0.1"),
      [],
    ]);
  });
});
