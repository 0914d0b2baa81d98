/** Tests the client with the same recorded conversations as the harness's catalogue of protocols. */
import { expect } from "chai";
import {
  bytesOf,
  LONGRUN_BYTES,
  RAW_BYTES,
} from "../../../harness/test/catalogue/protocols/recorded-bytes.ts";
import { longrunProtocol, rawProtocol, type PeerProtocol } from "../../src/connection/protocol.ts";

describe("the function's client, in recorded conversations with the peer,", () => {
  const finds = (protocol: PeerProtocol, chunks: readonly Uint8Array[]): unknown =>
    chunks.flatMap((chunk) => [...protocol.read(chunk)]);
  const ofPeer = (conversation: Parameters<typeof bytesOf>[0]): readonly Uint8Array[] =>
    bytesOf(conversation)
      .filter(({ from }) => from === "peer")
      .map(({ bytes }) => bytes);

  for (const conversation of LONGRUN_BYTES.conversations)
    it(`longrun: recognises ${conversation.title}`, () =>
      expect(finds(longrunProtocol(), ofPeer(conversation))).to.deep.equal(conversation.finds));

  it("longrun: sends the recorded bytes for hello, request and goodbye", () => {
    const { hello, request, conversations } = LONGRUN_BYTES;
    const protocol = longrunProtocol();
    const said = [
      protocol.greeting(hello),
      protocol.request(request.id, request.time),
      protocol.farewell,
    ].map((bytes) => Buffer.from(bytes ?? []).toString("utf8"));
    expect(said).to.deep.equal(
      conversations[0]?.said.filter(({ from }) => from === "function").map(({ text }) => text),
    );
  });

  const raw = (): PeerProtocol =>
    rawProtocol({
      request: Buffer.from(RAW_BYTES.request, "base64"),
      expect: Buffer.from(RAW_BYTES.expect, "base64"),
    });

  for (const conversation of RAW_BYTES.conversations)
    it(`raw: recognises ${conversation.title}`, () =>
      expect(finds(raw(), ofPeer(conversation))).to.deep.equal(conversation.finds));

  it("raw: sends only the bytes of the given request", () => {
    const protocol = raw();
    const request = Buffer.from(RAW_BYTES.request, "base64");
    const hello = LONGRUN_BYTES.hello;
    expect([protocol.greeting(hello), protocol.request("r1", hello.time), protocol.farewell]).to.deep.equal([
      request,
      request,
      null,
    ]);
  });
});
