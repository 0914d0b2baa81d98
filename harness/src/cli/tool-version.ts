/** The command line's name for it; the library needs it too and may not look in here. */
export { toolVersion } from "../adapters/node/tool-version.ts";
