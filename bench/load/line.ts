import { Agent, type IncomingMessage, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'

/** Longer than anything may take that is promised: what is not there by then never comes. */
const ANSWER_WITHIN_MS = 30_000

export type Asked = { method?: string; headers?: Record<string, string>; body?: string }

export type Answer = {
  status: number
  /** What `Retry-After` says; null where it is not there. */
  retryAfterSeconds: number | null
  /** Undone and read when it is asked for: it must not be the reader that is measured. */
  body: () => string
}

/** One person's connection: kept between requests as a browser keeps it, and used by nobody else. */
export class Line {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  readonly #port: string

  constructor(origin: string) {
    this.#port = new URL(origin).port
  }

  /** Reads the whole answer, which may be compressed as for a browser. Rejects when the connection fails, or after half a minute. */
  async ask(path: string, asked: Asked = {}): Promise<Answer> {
    const message = await this.open(path, asked, AbortSignal.timeout(ANSWER_WITHIN_MS))
    const bytes = await buffer(message)
    const isPacked = message.headers['content-encoding'] === 'gzip'
    return {
      status: message.statusCode ?? 0,
      retryAfterSeconds: retryAfter(message),
      body: () => (isPacked ? gunzipSync(bytes) : bytes).toString(),
    }
  }

  /** Resolves as the head of the answer is there; its body comes as it comes. */
  open(
    path: string,
    { method = 'GET', headers, body }: Asked,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          agent: this.#agent,
          host: '127.0.0.1',
          port: this.#port,
          path,
          method,
          headers: { 'accept-encoding': 'gzip', ...headers },
          signal,
        },
        resolve,
      )
      sent.on('error', reject)
      sent.end(body)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

export const retryAfter = ({ headers }: IncomingMessage): number | null =>
  headers['retry-after'] === undefined ? null : Number(headers['retry-after'])
