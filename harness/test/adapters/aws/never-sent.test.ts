import { expect } from "chai";
import { once } from "node:events";
import { request } from "node:https";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { failedInvocation } from "../../../src/adapters/aws/failed-invocation.ts";
import { neverSent } from "../../../src/adapters/aws/never-sent.ts";

const error = (members: Readonly<Record<string, unknown>>, message = "x"): Error =>
  Object.assign(new Error(message), members);

/** Returns the error that Node reports for a TLS connection to a server with this behaviour. */
async function whenServer(does: (socket: Socket) => void): Promise<unknown> {
  const server = createServer(does).listen(0, "127.0.0.1");
  await once(server, "listening");
  const call = request({ host: "127.0.0.1", port: (server.address() as AddressInfo).port });
  call.end();
  const [seen] = (await once(call, "error").catch((thrown: unknown) => [thrown])) as [unknown];
  server.close();
  return seen;
}

describe("neverSent", () => {
  for (const [title, one, expected] of [
    ["nothing listens", error({ code: "ECONNREFUSED", syscall: "connect" }), true],
    ["the host name is not known", error({ code: "ENOTFOUND", syscall: "getaddrinfo" }), true],
    ["there is no route to the address", error({ code: "EHOSTUNREACH", syscall: "connect" }), true],
    [
      "the route is lost while the client waits for the answer",
      error({ code: "EHOSTUNREACH", syscall: "read" }),
      false,
    ],
    [
      "none of several addresses can be reached",
      error({
        code: "ETIMEDOUT",
        errors: [
          error({ code: "ETIMEDOUT", syscall: "connect" }),
          error({ code: "ENETUNREACH", syscall: "connect" }),
        ],
      }),
      true,
    ],
    ["the certificate has expired", error({ code: "CERT_HAS_EXPIRED" }), true],
    ["the certificate is for another host", error({ code: "ERR_TLS_CERT_ALTNAME_INVALID" }), true],
    [
      "the SDK's time limit for connecting has passed",
      error(
        { name: "TimeoutError" },
        "@smithy/node-http-handler - the request socket did not establish a connection with the server within the configured timeout of 5000 ms.",
      ),
      true,
    ],
    ["an open connection was reset", error({ code: "ECONNRESET", syscall: "read" }), false],
    ["an open connection was closed", error({ code: "ECONNRESET" }, "socket hang up"), false],
    ["the pipe broke", error({ code: "EPIPE", syscall: "write" }), false],
    ["the answer took too long", error({ name: "TimeoutError", code: "ETIMEDOUT" }), false],
    ["the error has no code", error({}), false],
  ] as const) {
    it(`is ${expected} if ${title}`, () => {
      expect(neverSent(one)).to.equal(expected);
    });
  }

  it("is true for a reset during the TLS handshake, although this error has the same code as every other reset", async () => {
    const seen = await whenServer((socket) => void socket.once("data", () => socket.destroy()));
    expect({ code: (seen as { code: string }).code, never: neverSent(seen) }).to.deep.equal({
      code: "ECONNRESET",
      never: true,
    });
  });

  it("decides whether a failed call is an invocation error or unknown", () => {
    const refused = error({ code: "EHOSTUNREACH", syscall: "connect" }, "no way");
    const reset = error({ code: "ECONNRESET", syscall: "read" }, "read ECONNRESET");
    expect([failedInvocation(refused).outcome, failedInvocation(reset).outcome]).to.deep.equal([
      { outcome: "invocation-error", errorType: "EHOSTUNREACH", errorMessage: "no way", status: null },
      { outcome: "unknown", errorMessage: "read ECONNRESET" },
    ]);
  });
});
