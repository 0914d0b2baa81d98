/**
 * Wheel, drag and pinch on a picture. The wheel zooms only while the picture has the focus, or with Ctrl or Command: scrolling past the
 * picture must not zoom.
 */
import { select } from "d3-selection";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomTransform } from "d3-zoom";
import type { TimeView } from "./time-view.ts";

export interface GestureOptions {
  readonly stage: HTMLElement;
  readonly time: TimeView;
  /** Left and right edge within the stage. */
  readonly plot: () => readonly [number, number];
  readonly except: string;
}

/** Call the returned function after the visible time or the size has changed. */
export function installGestures({ stage, time, plot, except }: GestureOptions): () => void {
  const behaviour = zoom<HTMLElement, unknown>()
    .filter((event: MouseEvent | WheelEvent | TouchEvent) => {
      if (event.target instanceof Element && event.target.closest(except) !== null) return false;
      if (event.type !== "wheel") return !event.ctrlKey && !("button" in event && event.button !== 0);
      return event.ctrlKey || event.metaKey || stage.contains(document.activeElement);
    })
    .scaleExtent([1, time.deepest])
    .on("zoom", ({ transform, sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) => {
      // Without a source event, the change comes from our own code.
      if (sourceEvent === null || sourceEvent === undefined) return;
      const [left, right] = plot();
      const { from, to } = time.whole;
      const instantOf = (x: number): number =>
        from + ((transform.invertX(x) - left) / (right - left)) * (to - from);
      time.show({ from: instantOf(left), to: instantOf(right) });
    });
  const target = select(stage).call(behaviour).on("dblclick.zoom", null);
  return () => {
    const [left, right] = plot();
    behaviour
      .extent([
        [left, 0],
        [right, 1],
      ])
      .translateExtent([
        [left, Number.NEGATIVE_INFINITY],
        [right, Number.POSITIVE_INFINITY],
      ]);
    target.property("__zoom", transformOf(time, left, right));
  };
}

function transformOf({ whole, visible }: TimeView, left: number, right: number): ZoomTransform {
  const scale = (whole.to - whole.from) / (visible.to - visible.from);
  const start = left + ((visible.from - whole.from) / (whole.to - whole.from)) * (right - left);
  return zoomIdentity.translate(left - scale * start, 0).scale(scale);
}
