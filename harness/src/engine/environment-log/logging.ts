/** A function's logging configuration, as its snapshot carries it. */
import type { FunctionSnapshot } from "../function-snapshot.ts";

export type Logging = FunctionSnapshot["logging"];
