import type { Family } from "./family-case.ts";
import { go } from "./go.ts";
import { java } from "./java.ts";
import { python } from "./python.ts";
import { rust } from "./rust.ts";

/** The families with a suite here. Node has its own suites (conformance/runtime-client, nightly/runtime-clients.test.ts). */
export const FAMILIES: readonly Family[] = [go, rust, python, java];
