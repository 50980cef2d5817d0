/**
 * What was typed and the server does not have yet, by ingredient, in the browser's own store: so that it outlives a
 * reload and a phone that died. Best effort: a store that is full or switched off must not stop a count.
 */
type Kept = Record<string, string>

const keyOf = (countId: string) => `brigade:count:${countId}`

export function readKept(countId: string): Map<number, string> {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(countId)) ?? '{}') as Kept
    return new Map(Object.entries(kept).map(([id, typed]) => [Number(id), String(typed)]))
  } catch {
    return new Map()
  }
}

export function writeKept(countId: string, lines: ReadonlyMap<number, string>): void {
  try {
    if (lines.size === 0) localStorage.removeItem(keyOf(countId))
    else localStorage.setItem(keyOf(countId), JSON.stringify(Object.fromEntries(lines)))
  } catch {
    // It still stands in the page.
  }
}
