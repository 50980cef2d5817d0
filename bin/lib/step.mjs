const TITLE_WIDTH = 14

/**
 * Does one step of a longer work and prints how it went and how long it took, one line a step.
 * @template T
 * @param {string} title
 * @param {(say: (text: string) => void) => Promise<{ outcome: string, value?: T }>} work `say` prints a line at once,
 *   for what takes long or prints more itself
 * @returns {Promise<T>} the `value` that the work handed back
 */
export async function step(title, work) {
  const started = performance.now()
  const { outcome, value } = await work((text) => console.log(line(title, text)))
  console.log(line(title, `${outcome} (${seconds(performance.now() - started)})`))
  return /** @type {T} */ (value)
}

/**
 * A duration for people: `0.4 s`, `75 s`.
 * @param {number} milliseconds
 */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(milliseconds < 10_000 ? 1 : 0)} s`
}

function line(title, text) {
  return `${title.padEnd(TITLE_WIDTH)}${text}`
}
