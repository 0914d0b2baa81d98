/**
 * Makes the tests that every server's protocol must pass. A recorded conversation must be read as its file states. If the conversation is
 * cut off, it must be read in the same way, give no outcome, or give an outcome that the file allows then (`passes`). It must not matter in
 * which pieces the bytes came.
 */
import { expect } from "chai";
import { recognise } from "../../../src/catalogue/protocols/all-protocols.ts";
import type { Protocol, Said } from "../../../src/catalogue/protocols/protocol.ts";
import { seen, serverBytes, talkOf } from "./recorded-bytes.ts";

export function readsRecordedBytes(protocol: Protocol, file: string): void {
  for (const conversation of serverBytes(file).conversations) {
    const whole = seen(conversation, 20);
    const { reading, passes = [], title } = conversation;

    it(`are read as ${reading.attempt ?? "unknown"}: ${title}`, () => {
      expect([recognise(whole.said)?.name, protocol.read(whole)]).to.deep.equal([protocol.name, reading]);
    });

    it(`have no false meaning if they are cut off: ${title}`, () => {
      const length = whole.said.reduce((sum, { bytes }) => sum + bytes.length, 0);
      for (let to = 0; to <= length; to += 1) {
        const said = firstOf(whole.said, to);
        const peerSpoke = said.some(({ from }) => from === "peer");
        const { attempt, code } = protocol.read({ ...whole, said, talk: talkOf(said), peerSpoke, end: null });
        const same = attempt === null || attempt === reading.attempt || passes.includes(attempt);
        expect(
          [same, code === null || code === reading.code || passes.length > 0],
          `${to} bytes`,
        ).to.deep.equal([true, true]);
      }
    });

    it(`have the same meaning in pieces of any size: ${title}`, () => {
      for (const size of [1, 2, 3, 7]) {
        const said = whole.said.flatMap(({ from, bytes }) =>
          piecesOf(bytes, size).map((one) => ({ from, bytes: one })),
        );
        expect(protocol.read({ ...whole, said, talk: talkOf(said) }), `pieces of ${size}`).to.deep.equal(
          reading,
        );
        expect(recognise(said)?.name).to.equal(protocol.name);
      }
    });
  }
}

/** The first bytes of a conversation, in the order in which they came. */
export function firstOf(said: readonly Said[], length: number): readonly Said[] {
  let left = length;
  const kept: Said[] = [];
  for (const { from, bytes } of said) {
    if (left <= 0) break;
    kept.push({ from, bytes: bytes.subarray(0, left) });
    left -= bytes.length;
  }
  return kept;
}

function piecesOf(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces;
}
