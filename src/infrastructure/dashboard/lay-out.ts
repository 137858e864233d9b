import type { Widget } from './widget.ts';

/** Widgets side by side, as high as each other. */
export interface Row {
  readonly height: number;
  readonly widgets: readonly Widget[];
}

/** A widget with its place, in the units of the page: 24 columns. */
export interface Placed extends Widget {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const columns = 24;

/** Row after row, each as wide as the page, whatever the number of its widgets; rows without any take no room. */
export function layOut(rows: readonly Row[]): readonly Placed[] {
  let y = 0;
  return rows.flatMap(({ height, widgets }) => {
    if (widgets.length === 0) return [];
    const width = Math.floor(columns / widgets.length);
    const placed = widgets.map((widget, index) => ({ ...widget, x: index * width, y, width, height }));
    y += height;
    return placed;
  });
}
