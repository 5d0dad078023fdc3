/** Depth: how much of something there was, in five tints on a log scale, as a sea chart shows the bottom. */

export type Depth = 0 | 1 | 2 | 3 | 4 | 5;

/** From these counts on a cell takes the next tint. A hundred is as deep as it gets. */
export const depthBounds = [1, 3, 8, 30, 100] as const;

/** The tint of a count. None is nought, and has no tint at all. */
export const depthOf = (count: number): Depth => depthBounds.filter((bound) => count >= bound).length as Depth;

/** The tint of a count beside the greatest one, in percent of it: for maps whose counts have no scale of their own. */
export const depthBeside = (count: number, greatest: number): Depth =>
  greatest > 0 ? depthOf((Math.min(count, greatest) / greatest) * 100) : 0;
