import { expect } from "chai";
import { isOwnHost } from "../../src/words/own-host.ts";

describe("isOwnHost", () => {
  const rows: readonly (readonly [bound: string, header: string, own: boolean])[] = [
    ["127.0.0.1", "localhost:3001", true],
    ["127.0.0.1", "localhost.example", false],
    ["127.0.0.1", "my-page.localhost:1", true],
    ["127.0.0.1", "127.0.0.1:3001", true],
    ["127.0.0.1", "[::1]:3001", true],
    ["127.0.0.1", "10.0.0.5:3001", false],
    ["127.0.0.1", "rebound.example", false],
    ["127.0.0.1", "", false],
    ["10.0.0.5", "10.0.0.5:3001", true],
    ["10.0.0.5", "10.0.0.6:3001", false],
    ["fe80::1", "[fe80::1]:3001", true],
    ["0.0.0.0", "10.0.0.6:3001", true],
    ["0.0.0.0", "rebound.example:3001", false],
    ["::", "[fe80::1]:3001", true],
    ["::", "1.2.3.4.example", false],
  ];
  for (const [bound, header, own] of rows)
    it(`${header === "" ? "no Host" : header} ${own ? "names" : "does not name"} a server at ${bound}`, () => {
      expect(isOwnHost(header, bound)).to.equal(own);
    });
});
