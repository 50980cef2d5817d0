import { createServer, request, type Server } from 'node:http'
import type { Socket } from 'node:net'
import { test as base } from './fixtures'

/** Beside the port of the served build. */
const portBeside = (baseURL: string | undefined) => Number(new URL(baseURL ?? '').port) + 1

/**
 * The network between a browser and the server, as a proxy that can be cut. Unlike the browser's own offline mode it ends
 * what is open, and holds for service workers and after a reload.
 */
class Network {
  #isCut = false
  readonly #sockets = new Set<Socket>()
  readonly #server: Server

  private constructor() {
    this.#server = createServer((asked, answer) => {
      const passedOn = request(asked.url ?? '', { method: asked.method, headers: asked.headers }, (told) => {
        answer.writeHead(told.statusCode ?? 502, told.headers)
        told.pipe(answer)
        told.on('error', () => answer.destroy())
      })
      passedOn.on('error', () => answer.destroy())
      answer.on('close', () => passedOn.destroy())
      asked.pipe(passedOn)
    })
    this.#server.on('connection', (socket) => {
      if (this.#isCut) return socket.destroy()
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
      socket.on('error', () => socket.destroy())
    })
  }

  static async open(port: number): Promise<Network> {
    const network = new Network()
    await new Promise<void>((resolve, reject) => {
      network.#server.once('error', reject)
      network.#server.listen(port, '127.0.0.1', resolve)
    })
    return network
  }

  cut(): void {
    this.#isCut = true
    for (const socket of this.#sockets) socket.destroy()
  }

  restore(): void {
    this.#isCut = false
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

/** Tests whose pages reach the server over a network that can be cut. */
export const test = base.extend<{ network: Network }>({
  // Browsers leave the machine itself out unless told otherwise.
  proxy: async ({ baseURL }, use) => {
    await use({ server: `http://127.0.0.1:${portBeside(baseURL)}`, bypass: '<-loopback>' })
  },
  network: [
    async ({ baseURL }, use) => {
      const network = await Network.open(portBeside(baseURL))
      await use(network)
      await network.close()
    },
    { auto: true },
  ],
})
