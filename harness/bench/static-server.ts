/**
 * A server that always gives one answer, in a process of its own like the engine: it shows the cost of the SDK, HTTP and two processes
 * without Lambda. It prints its port, and ends with its standard input.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import process from "node:process";

const server = createServer((request, response) => {
  request.resume().once("end", () => {
    response.writeHead(200, {
      "content-type": "application/json",
      "content-length": 11,
      "x-amz-executed-version": "$LATEST",
    });
    response.end('{"ok":true}');
  });
});
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`);
});
process.stdin.resume().once("end", () => process.exit(0));
