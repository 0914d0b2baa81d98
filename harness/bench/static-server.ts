/**
 * A server that always gives the same answer. It shows the cost of the SDK, HTTP and two processes without Lambda. It prints its port, and
 * exits when its standard input ends.
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
