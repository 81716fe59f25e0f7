import { fit, placeGrid, planGrid, type Rect, type Size } from './grid.ts';
import { placeStrip, planStage } from './stage.ts';

/** What the arrangement has to know of a tile. */
export interface Arrangeable {
  readonly key: string;
  readonly endpoint: string;
  readonly local: boolean;
  readonly screen: boolean;
}

export type View = 'grid' | 'speaker';

export interface Arrangement {
  /** The tiles that are seen, by key. Order of the tiles, not of importance. */
  readonly places: ReadonlyMap<string, Rect>;
  /** The large one, in speaker view. */
  readonly featured: string | undefined;
  readonly pages: number;
  /** The page that is shown: the wished one, or the last there is. */
  readonly page: number;
}

/**
 * Which tile stands where. In speaker view the large place goes to the latest screen; else to who speaks; else to
 * somebody who is not ourselves.
 */
export function arrange(
  tiles: readonly Arrangeable[],
  area: Size,
  wish: { readonly view: View; readonly page: number; readonly speaker: string | undefined },
): Arrangement {
  const featured = wish.view === 'speaker' ? featuredOf(tiles, wish.speaker) : undefined;
  if (featured === undefined) {
    const plan = planGrid(area, tiles.length);
    const page = Math.min(wish.page, plan.pages - 1);
    const shown = tiles.slice(page * plan.perPage, (page + 1) * plan.perPage);
    return {
      places: zip(shown, placeGrid(area, plan, shown.length)),
      featured: undefined,
      pages: plan.pages,
      page,
    };
  }
  const others = tiles.filter((tile) => tile !== featured);
  const plan = planStage(area, others.length);
  const page = Math.min(wish.page, plan.pages - 1);
  const shown = others.slice(page * plan.perPage, (page + 1) * plan.perPage);
  const places = zip(shown, placeStrip(area, plan, shown.length));
  places.set(featured.key, featured.screen ? plan.featured : centred(plan.featured));
  return { places, featured: featured.key, pages: plan.pages, page };
}

function featuredOf(tiles: readonly Arrangeable[], speaker: string | undefined): Arrangeable | undefined {
  return (
    tiles.findLast((tile) => tile.screen && !tile.local) ??
    tiles.findLast((tile) => tile.screen) ??
    tiles.find((tile) => tile.endpoint === speaker && !tile.local) ??
    tiles.find((tile) => !tile.local) ??
    tiles[0]
  );
}

function centred(area: Rect): Rect {
  const size = fit(area);
  return {
    x: Math.floor(area.x + (area.width - size.width) / 2),
    y: Math.floor(area.y + (area.height - size.height) / 2),
    ...size,
  };
}

function zip(tiles: readonly Arrangeable[], places: readonly Rect[]): Map<string, Rect> {
  const zipped = new Map<string, Rect>();
  tiles.forEach((tile, index) => {
    const place = places[index];
    if (place !== undefined) {
      zipped.set(tile.key, place);
    }
  });
  return zipped;
}
