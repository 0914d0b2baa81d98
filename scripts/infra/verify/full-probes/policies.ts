/** Searches the logs of functions, peers and runner for AWS's messages about denied actions. */
import { linesNow } from "../log-lines.ts";
import type { FullProbe } from "../full-probe.ts";
import { confirmed, differs, onAws } from "../probe.ts";

const PATTERN = '?AccessDenied ?"not authorized to perform"';

export const policies: FullProbe = onAws("moto allows everything.", async (context) => {
  const { logs, signal, functions, runner } = context;
  const groups = [
    ...Object.values(functions).flatMap(({ log_group: own, peer_log_group: ofPeer }) => [own, ofPeer]),
    runner.log_group,
  ].filter((group) => group != null);
  const denials = [];
  for (const logGroup of groups)
    for (const { message } of await linesNow({ logs, logGroup, signal }, PATTERN))
      denials.push(`${logGroup}: ${message.trim().slice(0, 200)}`);
  const [first] = denials;
  return first === undefined
    ? confirmed(`No denial in ${groups.length} log groups.`)
    : differs(`${denials.length} denials, first ${first}`);
});
