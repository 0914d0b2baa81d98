import type { Family } from "./family-case.ts";
import { go } from "./go.ts";
import { java } from "./java.ts";
import { python } from "./python.ts";
import { rust } from "./rust.ts";

/** Node has suites of its own (conformance/runtime-client, nightly/runtime-clients.test.ts). */
export const FAMILIES: readonly Family[] = [go, rust, python, java];
