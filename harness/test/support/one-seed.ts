/**
 * Loaded before all tests (.mocharc.json): property tests that name no seed use this one, so that a test run can be repeated.
 * LONGRUN_PROPERTY_SEED sets another seed, to look for new cases.
 */
import fc from "fast-check";
import { env } from "node:process";

fc.configureGlobal({ seed: Number(env["LONGRUN_PROPERTY_SEED"] ?? 20261126) });
