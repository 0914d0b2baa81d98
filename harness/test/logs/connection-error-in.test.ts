/** Tests the errors about a connection in the words of runtimes, clients and servers. */
import { expect } from "chai";
import { connectionErrorIn, SAMPLE_TEXTS } from "../../src/logs/connection-error-in.ts";

const CASES = [
  ["Error: connect ECONNREFUSED 127.0.0.1:5432", "nothing-listened"],
  ["ConnectionRefusedError: [Errno 111] Connection refused", "nothing-listened"],
  ["java.net.ConnectException: Connection refused", "nothing-listened"],
  ["dial tcp 10.0.0.5:5432: connect: connection refused", "nothing-listened"],
  ['Os { code: 111, kind: ConnectionRefused, message: "Connection refused" }', "nothing-listened"],
  ["No connection could be made because the target machine actively refused it.", "nothing-listened"],
  ["Error: read ECONNRESET", "reset"],
  ["ConnectionResetError: [Errno 104] Connection reset by peer", "reset"],
  ["java.net.SocketException: Broken pipe", "reset"],
  ["Error: socket hang up", "reset"],
  ["Connection terminated unexpectedly", "reset"],
  ["Error: connect ETIMEDOUT 10.0.3.17:5020", "timed-out"],
  ["java.net.SocketTimeoutException: connect timed out", "timed-out"],
  ["read tcp 10.0.0.2:3->10.0.0.5:5432: i/o timeout", "timed-out"],
  ["error: sorry, too many clients already", "full"],
  ["ER_CON_COUNT_ERROR: Too many connections", "full"],
  ["ERR max number of clients reached", "full"],
  ["FATAL: remaining connection slots are reserved for roles with the SUPERUSER attribute", "full"],
  ["TypeError: Cannot read properties of undefined (reading 'connection')", null],
  ["Task timed out after 3.00 seconds", null],
] as const;

describe("an error about a connection", () => {
  for (const [text, error] of CASES)
    it(`is ${error ?? "not"} in "${text}"`, () => {
      expect(connectionErrorIn(text)).to.equal(error);
    });

  it("is recognised in its own sample text", () => {
    const read = Object.values(SAMPLE_TEXTS).map(connectionErrorIn);
    expect(read).to.deep.equal(Object.keys(SAMPLE_TEXTS));
  });
});
