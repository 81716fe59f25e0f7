import type { ReceiveWish } from '@video-window/client';
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { IconButton } from '../design/button.tsx';
import { arrange, type View } from '../layout/arrange.ts';
import type { Size } from '../layout/grid.ts';
import { receiveWish } from '../layout/receive.ts';
import { usePageVisible } from './page-visible.ts';
import { Tile } from './tile.tsx';
import type { TileModel } from './tiles.ts';
import './stage.css';

/** All the pictures. Pictures that are not seen are not in the document: they cost no decoding. */
export function Stage(props: {
  readonly tiles: readonly TileModel[];
  readonly view: View;
  readonly speaker: string | undefined;
  readonly speaking: ReadonlySet<string>;
  /** Told what is to be received for the present arrangement. */
  readonly onArranged: (wish: ReceiveWish) => void;
  readonly children?: ReactNode;
}): ReactNode {
  const [area, box] = useSize();
  const [wished, setWished] = useState(0);
  const arrangement = arrange(props.tiles, area, {
    view: props.view,
    page: wished,
    speaker: props.speaker,
  });
  const { places, pages, page } = arrangement;
  const visible = usePageVisible();
  const { onArranged } = props;
  const measured = area.width > 0;
  useEffect(() => {
    if (measured) {
      onArranged(receiveWish(props.tiles, arrangement, { pixelRatio: devicePixelRatio, visible }));
    }
  });

  return (
    <section className="stage" aria-label="People">
      <div className="stage-area" ref={box}>
        {props.tiles.map((tile) => {
          const place = places.get(tile.key);
          return (
            place !== undefined && (
              <Tile
                key={tile.key}
                tile={tile}
                place={place}
                speaking={!tile.screen && !tile.muted && props.speaking.has(tile.endpoint)}
              />
            )
          );
        })}
      </div>
      {pages > 1 && (
        <div className="stage-pages">
          <IconButton
            icon="left"
            label="Previous page"
            disabled={page === 0}
            onClick={() => setWished(page - 1)}
          />
          <span>
            {page + 1} / {pages}
          </span>
          <IconButton
            icon="right"
            label="Next page"
            disabled={page === pages - 1}
            onClick={() => setWished(page + 1)}
          />
        </div>
      )}
      {props.children}
    </section>
  );
}

/** The size of an element, followed. */
function useSize(): [Size, React.RefObject<HTMLDivElement | null>] {
  const element = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const box = element.current;
    if (box === null) {
      return;
    }
    setSize({ width: box.clientWidth, height: box.clientHeight });
    const observer = new ResizeObserver(() => setSize({ width: box.clientWidth, height: box.clientHeight }));
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  return [size, element];
}
