export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Rect extends Size {
  readonly x: number;
  readonly y: number;
}

/** How equal tiles fill an area. */
export interface GridPlan {
  readonly columns: number;
  readonly rows: number;
  readonly tile: Size;
  /** Tiles on a full page. */
  readonly perPage: number;
  readonly pages: number;
}

export const tileRatio = 16 / 9;
/** Between tiles, in pixels. */
export const gap = 8;
/** Beyond this, faces get too small to read and decoding too dear; the rest is on the next page. */
export const mostPerPage = 25;
/** Narrower tiles have no room for a name. */
export const leastTileWidth = 150;

/** The largest 16:9 tiles that fit; when they would get too small, fewer of them on more pages. */
export function planGrid(area: Size, count: number): GridPlan {
  let perPage = Math.max(1, Math.min(count, mostPerPage));
  let best = bestColumns(area, perPage);
  while (perPage > 1 && best.tile.width < leastTileWidth) {
    perPage--;
    best = bestColumns(area, perPage);
  }
  const pages = Math.max(1, Math.ceil(count / perPage));
  // Three on the first page and one on the second is worse than two and two.
  const even = Math.ceil(count / pages);
  if (pages > 1 && even < perPage) {
    perPage = even;
    best = bestColumns(area, perPage);
  }
  return { ...best, perPage, pages };
}

/** Where the tiles of one page stand: the block in the middle, an incomplete last row in the middle too. */
export function placeGrid(area: Size, plan: GridPlan, count: number): readonly Rect[] {
  const { columns, tile } = plan;
  const rows = Math.ceil(count / columns);
  const top = (area.height - (rows * tile.height + (rows - 1) * gap)) / 2;
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = (area.width - (inRow * tile.width + (inRow - 1) * gap)) / 2;
    return {
      x: Math.floor(left + (index - row * columns) * (tile.width + gap)),
      y: Math.floor(top + row * (tile.height + gap)),
      ...tile,
    };
  });
}

/** The largest 16:9 size inside an area. */
export function fit(area: Size): Size {
  const width = Math.max(0, Math.min(area.width, area.height * tileRatio));
  return { width: Math.floor(width), height: Math.floor(width / tileRatio) };
}

function bestColumns(area: Size, count: number): { columns: number; rows: number; tile: Size } {
  let best = { columns: 1, rows: count, tile: { width: 0, height: 0 } };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const tile = fit({
      width: (area.width - (columns - 1) * gap) / columns,
      height: (area.height - (rows - 1) * gap) / rows,
    });
    if (tile.width > best.tile.width) {
      best = { columns, rows, tile };
    }
  }
  return best;
}
