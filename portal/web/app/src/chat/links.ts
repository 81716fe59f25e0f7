/** A piece of a message: words, or an address that may be followed. */
export interface Piece {
  readonly text: string;
  readonly href?: string;
}

const address = /\bhttps?:\/\/[^\s<>"'`]+/giu;

/** Splits a text at its web addresses. Only http and https are made links; everything else stays text. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const shown = withoutTrail(match[0]);
    const href = hrefOf(shown);
    if (href === undefined) {
      continue;
    }
    if (match.index > from) {
      pieces.push({ text: text.slice(from, match.index) });
    }
    pieces.push({ text: shown, href });
    from = match.index + shown.length;
  }
  if (from < text.length) {
    pieces.push({ text: text.slice(from) });
  }
  return pieces;
}

/** The full stop after an address belongs to the sentence; so does a bracket that was opened before it. */
function withoutTrail(found: string): string {
  let shown = found.replace(/[.,;:!?…]+$/u, '');
  while (/[)\]]$/u.test(shown) && count(shown, /[)\]]/gu) > count(shown, /[([]/gu)) {
    shown = shown.slice(0, -1).replace(/[.,;:!?…]+$/u, '');
  }
  return shown;
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0;
}

/** Without a user name in it, which would make one site look like another. */
function hrefOf(shown: string): string | undefined {
  if (!URL.canParse(shown)) {
    return undefined;
  }
  const url = new URL(shown);
  const plain =
    (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
  return plain ? url.href : undefined;
}
