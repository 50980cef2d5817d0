import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** What travels one way: bytes in their order, each after its delay; null is the end. */
class Lane {
  #queue: { chunk: Buffer | null; since: number }[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(
    private readonly to: Socket,
    private readonly link: { isHeld: boolean },
    private readonly delayMs: () => number,
  ) {}

  push(chunk: Buffer | null): void {
    this.#queue.push({ chunk, since: performance.now() })
    this.move()
  }

  /** Delivers what is due, as long as the link is not held. */
  move(): void {
    clearTimeout(this.#timer)
    for (let next = this.#queue[0]; next && !this.link.isHeld; next = this.#queue[0]) {
      const wait = next.since + this.delayMs() - performance.now()
      if (wait > 0) {
        this.#timer = setTimeout(() => this.move(), wait)
        return
      }
      this.#queue.shift()
      if (next.chunk) this.to.write(next.chunk)
      else this.to.end()
    }
  }
}

/**
 * The network between the web processes and PostgreSQL, as a TCP proxy: it can be slow, which adds `delayMs` to each
 * answer, or be held, and then takes connections and bytes and delivers nothing, like a server that is frozen.
 */
export class Link {
  delayMs = 0
  #isHeld = false
  readonly #lanes = new Set<Lane>()
  readonly #sockets = new Set<Socket>()
  readonly #server: Server

  private constructor(private readonly target: URL) {
    this.#server = createServer((client) => this.#join(client))
  }

  static async to(url: string): Promise<Link> {
    const link = new Link(new URL(url))
    link.#server.listen(0, '127.0.0.1')
    await once(link.#server, 'listening')
    return link
  }

  /** The same database, by way of this link. */
  get url(): string {
    const url = new URL(this.target)
    url.port = String((this.#server.address() as AddressInfo).port)
    return url.href
  }

  get isHeld(): boolean {
    return this.#isHeld
  }

  hold(): void {
    this.#isHeld = true
  }

  release(): void {
    this.#isHeld = false
    for (const lane of this.#lanes) lane.move()
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }

  #join(client: Socket): void {
    const server = connect(Number(this.target.port || 5432), this.target.hostname)
    this.#carry(client, server, () => 0)
    this.#carry(server, client, () => this.delayMs)
  }

  #carry(from: Socket, to: Socket, delayMs: () => number): void {
    const lane = new Lane(to, this, delayMs)
    this.#lanes.add(lane)
    this.#sockets.add(from)
    from.setNoDelay(true)
    from.on('data', (chunk: Buffer) => lane.push(chunk))
    from.on('end', () => lane.push(null))
    from.on('error', () => to.destroy())
    from.on('close', () => this.#sockets.delete(from))
    to.on('close', () => this.#lanes.delete(lane))
  }
}
