/** Entry of the runner's image: `longrun`, which also copies the run directory of a soak to the bucket in LONGRUN_RESULTS. */
import { nodeMachine } from "../src/cli/node-machine.ts";
import { runnerMain } from "../src/cli/runner-main.ts";

process.exitCode = await runnerMain(nodeMachine());
