import { setFlagsFromString } from 'node:v8'

/**
 * Has this process collect what is young by itself. Everybody waits for that, /healthz too. V8 would have several threads
 * help: beside other busy processes the wait is then for the last of them to get a processor. `npm run chaos` says how
 * late /healthz is. A Node that does not know the flag goes on as before.
 */
export function collectAlone() {
  setFlagsFromString('--no-parallel-scavenge')
}
