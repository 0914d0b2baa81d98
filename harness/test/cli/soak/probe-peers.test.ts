import { expect } from "chai";
import { probePeers } from "../../../src/cli/soak/probe-peers.ts";
import { resolveSoak } from "../../../src/cli/soak/resolve-soak.ts";
import type { ProbedPeer } from "../../../src/record/probe.ts";
import { startDevice, type DeviceManner } from "../../support/devices/device.ts";
import { durationMs } from "../../../src/base/time.ts";
import { memoryMachine } from "../memory-machine.ts";

describe("probePeers", function () {
  this.timeout(60_000);

  const probed = async (device: DeviceManner, capacity: number) => {
    const { port, stop, received } = await startDevice(device);
    try {
      const peer = [{ name: null, value: { host: "127.0.0.1", port } }];
      const { settings } = resolveSoak(
        {
          code: [{ label: "f", name: "f.mjs" }],
          peer,
          probe: "yes",
          "probe-watch": durationMs(400),
          capacity: [{ name: null, value: capacity }],
        },
        {},
        null,
      );
      const machine = memoryMachine([]);
      const peers = await probePeers(machine, settings);
      expect(received()).to.equal(0);
      return { peers, err: machine.err().replaceAll(String(port), "PORT") };
    } finally {
      await stop();
    }
  };
  const mannerOf = ({ name, manner: { places, whenFull } }: ProbedPeer) => ({ name, places, whenFull });

  it("fills the places of the peer, and names the connections of the probe", async () => {
    const { peers, err } = await probed({ places: 2, whenFull: "close" }, 2);
    expect(peers.map(mannerOf)).to.deep.equal([{ name: null, places: 2, whenFull: "closes" }]);
    expect(peers[0]?.connections.map(({ local }) => local?.replace(/\d+$/, "")).at(0)).to.equal("127.0.0.1:");
    expect(err).to.equal(
      "probing 127.0.0.1:PORT\n127.0.0.1:PORT serves 2 clients at one time. It closes the connection of another client.\n",
    );
  });

  it("says that the place was not seen free again", async () => {
    const { peers, err } = await probed({ whenFull: "close", freesAfterMs: 30_000 }, 1);
    expect(peers[0]?.manner.freesAfterMs).to.equal(null);
    expect(err).to.match(/Its place was not seen free again, so the first invocations may find it full\.\n$/);
  });
});
