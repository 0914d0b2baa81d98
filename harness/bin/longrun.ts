#!/usr/bin/env node
import { main } from "../src/cli/main.ts";
import { nodeMachine } from "../src/cli/node-machine.ts";

process.exitCode = await main(nodeMachine());
