import { expect } from "chai";
import { scanProgress } from "../../../src/cli/scan/scan-progress.ts";
import { VirtualClock } from "../../run/virtual-clock.ts";

describe("the progress of a scan", () => {
  it("has one line for each answer, and one line every twelve seconds while a query runs", async () => {
    const clock = new VirtualClock();
    const lines: string[] = [];
    const show = scanProgress(
      {
        write: (text) => void lines.push(text),
        drained: () => Promise.resolve(),
        isTerminal: false,
        columns: 80,
      },
      clock,
      3,
    );
    show({ answered: 0, bytesScanned: 1_000_000 });
    show({ answered: 1, bytesScanned: 2_000_000 });
    await clock.run(clock.sleep(11_999));
    show({ answered: 1, bytesScanned: 3_000_000 });
    await clock.run(clock.sleep(1));
    show({ answered: 1, bytesScanned: 4_000_000 });
    show({ answered: 1, bytesScanned: 5_000_000 });
    expect(lines).to.deep.equal(["1 of 3 queries, 0.002 GB read\n", "1 of 3 queries, 0.004 GB read\n"]);
  });
});
