/** From 0 to 1, as whole percents; what is nearly all is never said to be all. */
export const inPercent = (share: number): string =>
  share > 0 && share < 0.01 ? '< 1 %' : `${Math.floor(share * 100)} %`

/** Milliseconds with as many digits as say something: "0.04 ms", "3.1 ms", "240 ms", "12 s". */
export function formatMs(ms: number): string {
  if (ms >= 9950) return `${Math.round(ms / 1000)} s`
  return `${ms.toFixed(ms >= 100 ? 0 : ms >= 1 ? 1 : 2)} ms`
}
