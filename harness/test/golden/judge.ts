/** The only file here that imports the product: a judgement as the command line makes it, inside this process. */
export { longrun } from "../cli/memory-machine.ts";
