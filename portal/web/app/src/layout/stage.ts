import { gap, type Rect, type Size } from './grid.ts';

/** One large place and a strip of small ones. */
export interface StagePlan {
  readonly featured: Rect;
  /** Where the strip runs: beside the large place where the area is wide, below it where it is not. */
  readonly side: 'right' | 'below' | 'none';
  readonly tile: Size;
  /** Small tiles on a full page of the strip. */
  readonly perPage: number;
  readonly pages: number;
}

/** Shares the area between the large place and a strip for `count` others. */
export function planStage(area: Size, count: number): StagePlan {
  if (count === 0) {
    const tile = { width: 0, height: 0 };
    return { featured: { x: 0, y: 0, ...area }, side: 'none', tile, perPage: 0, pages: 1 };
  }
  const beside = area.width >= 700 && area.width > area.height * 1.1;
  const width = Math.floor(
    beside ? Math.min(260, Math.max(150, area.width * 0.17)) : Math.min(200, Math.max(128, area.width * 0.3)),
  );
  const tile = { width, height: Math.floor((width * 9) / 16) };
  const room = beside ? area.height : area.width;
  const step = (beside ? tile.height : tile.width) + gap;
  const perPage = Math.max(1, Math.min(count, Math.floor((room + gap) / step)));
  const featured = beside
    ? { x: 0, y: 0, width: Math.max(0, area.width - tile.width - gap), height: area.height }
    : { x: 0, y: 0, width: area.width, height: Math.max(0, area.height - tile.height - gap) };
  return { featured, side: beside ? 'right' : 'below', tile, perPage, pages: Math.ceil(count / perPage) };
}

/** Where the small tiles of one page of the strip stand, in the middle of it. */
export function placeStrip(area: Size, plan: StagePlan, count: number): readonly Rect[] {
  const { tile, side } = plan;
  const along = side === 'right' ? tile.height : tile.width;
  const start = ((side === 'right' ? area.height : area.width) - (count * along + (count - 1) * gap)) / 2;
  return Array.from({ length: count }, (_, index) => {
    const at = Math.floor(start + index * (along + gap));
    return side === 'right'
      ? { x: Math.floor(area.width - tile.width), y: at, ...tile }
      : { x: at, y: Math.floor(area.height - tile.height), ...tile };
  });
}
