/** Entry of the managed peer's image: `longrun peer` alone, in one file without dependencies. */
import { nodeMachine } from "../src/cli/node-machine.ts";
import { peerMain } from "../src/cli/peer-main.ts";

const machine = nodeMachine();
process.exitCode = await peerMain(machine);
