/**
 * What was made since the last collection is collected while everybody waits, /healthz too. V8 would have several threads
 * help with that: beside other busy processes the wait is for the last of these to get a processor, up to some tenths of a
 * second, and all of them together take longer. And it lasts as long as what is still in use takes to be copied, which is
 * more of it where there is more room. `npm run bench -- processor` says what these cost, `npm run chaos` how late /healthz is.
 */
export const HEAP_FLAGS = ['--max-semi-space-size=16', '--no-parallel-scavenge']
