import { expect } from "chai";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { systemClock } from "../../src/adapters/node/system-clock.ts";
import type { PeerLogRecord } from "../../src/record/peer-log.ts";
import { startStagePeers, type StagePeers } from "../../src/explore/stage-peers.ts";

describe("the peers of a schedule that is played", () => {
  const log: PeerLogRecord[] = [];
  const sockets: Socket[] = [];
  let peers: StagePeers;
  beforeEach(async () => {
    log.length = 0;
    peers = await startStagePeers({
      names: ["db", "cache"],
      admission: "refuse",
      capacity: 1,
      capacities: { cache: 2 },
      clock: systemClock,
      log: (record) => log.push(record),
    });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await peers.close();
  });

  const open = (index: number): Socket => {
    const address = peers.addresses[index];
    if (address === undefined) throw new Error("there is no such peer");
    const socket = connect(address.port, address.host);
    sockets.push(socket);
    socket.on("error", () => undefined);
    return socket;
  };
  const ask = async (index: number): Promise<Socket> => {
    const socket = open(index);
    socket.write("get");
    await once(socket, "data");
    return socket;
  };
  const closed = (socket: Socket): Promise<void> =>
    new Promise((resolve) => void socket.on("close", () => resolve()));
  const said = (event: string): readonly (string | undefined)[] =>
    log.filter((record) => record.event === event).map(({ peer }) => peer);

  it("have their own numbers of places, and every record names its peer", async () => {
    expect(peers.ready.map(({ name }) => name)).to.deep.equal(["db", "cache"]);
    await ask(0);
    await ask(1);
    await ask(1);
    const refused = open(0);
    refused.write("get");
    await closed(refused);
    expect(said("accepted")).to.deep.equal(["db", "cache", "cache"]);
    expect(said("refused")).to.deep.equal(["db"]);
  });

  it("all reset the connections of their holders at the step `peer drops`", async () => {
    const held = [await ask(0), await ask(1)];
    const ended = Promise.all(held.map(closed));
    expect(peers.dropHolder()).to.equal(true);
    await ended;
    expect(said("reset")).to.have.members(["db", "cache"]);
  });

  it("delay only one reply in total: the next one that any of them sends", async () => {
    peers.delayNextReply(600_000);
    const slow = open(1);
    let answered = false;
    slow.on("data", () => (answered = true)).write("get");
    while (said("request").length === 0) await new Promise((resolve) => setImmediate(resolve));
    await ask(0);
    expect({ answered, requests: said("request") }).to.deep.equal({
      answered: false,
      requests: ["cache", "db"],
    });
  });
});
