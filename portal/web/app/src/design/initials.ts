/** Number of avatar colours in avatar.css. */
export const hues = 10;

/** First letters of the first and the last word; by grapheme, so that no emoji or accent is cut. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  const letters = chosen.map((word) => firstGrapheme(word ?? '').toLocaleUpperCase());
  return letters.join('') || '?';
}

/** The number of a colour from 0 to {@link hues} - 1, spread evenly and the same everywhere (FNV-1a). */
export function hueOf(seed: string): number {
  let hash = 0x811c9dc5;
  for (const character of seed) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0) % hues;
}

function firstGrapheme(word: string): string {
  const letters = word.replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}]+/u, '');
  for (const { segment } of new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(letters)) {
    return segment;
  }
  return '';
}
