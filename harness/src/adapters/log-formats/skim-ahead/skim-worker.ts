/** The program of a thread that skims ranges of log files. */
import { parentPort, workerData } from "node:worker_threads";
import { RangeSkimmer, type SkimWork } from "./range-skimmer.ts";

const port = parentPort;
if (port !== null) new RangeSkimmer(workerData as SkimWork).skimAll((range) => port.postMessage(range));
