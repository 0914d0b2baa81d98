/**
 * The text download of Grafana's Explore: `MILLISECONDS TAB ISO TAB LINE`, newest first, without labels.
 * https://github.com/grafana/grafana/blob/main/public/app/features/inspector/utils/download.ts
 */
import type { LineForm } from "./form.ts";
import { LOKI_WITHOUT_STREAM } from "./loki.ts";
import { TimedEvents, type TimedForm } from "./timed-events.ts";

const ROW = /^(\d{13})\t\d{4}-\d{2}-\d{2}T[\d:.]+Z\t([^]*)$/;

const GRAFANA: TimedForm = {
  head(line) {
    const match = ROW.exec(line);
    if (match === null) return null;
    return {
      timestamp: Number(match[1]),
      group: null,
      stream: null,
      message: match[2] ?? "",
      remedy: LOKI_WITHOUT_STREAM,
    };
  },
};

export const grafanaText: LineForm = {
  begins: (line) => ROW.test(line),
  reader: (found) => new TimedEvents(GRAFANA, found),
};
