/** In which `monitorEventLoopDelay` looks, and so what it says of a loop that is never late. */
const RESOLUTION_MS = 10

/** What all web processes that serve say of themselves, added up by their supervisor. */
export class Metrics {
  #latestMs = 0

  constructor(private readonly port: number) {}

  /** Permits of the gates: how many are held, and how many there are. */
  async permits(): Promise<{ held: number; all: number }> {
    const read = await this.#read()
    return { held: read('brigade_db_in_use'), all: read('brigade_db_connections_max') }
  }

  /** How many web processes take requests. */
  async serving(): Promise<number> {
    const read = await this.#read()
    return read('brigade_web_serving')
  }

  /** By how much an event loop was late at most since this was last asked: busy, or the machine was. Milliseconds. */
  async takeLateness(): Promise<number> {
    await this.#read()
    const latest = this.#latestMs
    this.#latestMs = 0
    return latest
  }

  async #read(): Promise<(name: string) => number> {
    const text = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text()
    const read = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
    // They forget it as they say it.
    const seconds = read('nodejs_eventloop_lag_max_seconds') || 0
    this.#latestMs = Math.max(this.#latestMs, seconds * 1000 - RESOLUTION_MS)
    return read
  }
}
