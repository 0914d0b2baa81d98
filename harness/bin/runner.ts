/** Entry of the runner's image: `longrun`, and after a soak its run directory goes where LONGRUN_RESULTS says. */
import { nodeMachine } from "../src/cli/node-machine.ts";
import { runnerMain } from "../src/cli/runner-main.ts";

process.exitCode = await runnerMain(nodeMachine());
