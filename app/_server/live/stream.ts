import type { Viewer } from '@/db/queries/viewers'
import { type CloseReason, frame } from './messages'

/**
 * What may wait for one screen. One that takes nothing for minutes is cut off: it resumes by its number, and costs no
 * memory meanwhile.
 */
const MOST_QUEUED_BYTES = 512 * 1024

/** One screen's connection. */
export class LiveStream {
  readonly body: ReadableStream<Uint8Array>
  /** The feed number that this screen has been told of. */
  seq = 0
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #isOpen = true

  /**
   * @param onEnd called once, whoever ended it
   * @param cut destroys the connection underneath: a body that failed is not noticed while a write waits for a screen
   *   that reads nothing
   */
  constructor(
    readonly viewer: Viewer,
    private readonly onEnd: () => void,
    private readonly cut: () => void,
  ) {
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller
        },
        cancel: () => this.#end(),
      },
      { highWaterMark: MOST_QUEUED_BYTES, size: (bytes) => bytes?.byteLength ?? 0 },
    )
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  send(bytes: Uint8Array): void {
    if (!this.#isOpen || !this.#controller) return
    if ((this.#controller.desiredSize ?? 0) > 0) this.#controller.enqueue(bytes)
    else this.drop()
  }

  /** Says why, and ends it once that is out. */
  close(reason: CloseReason): void {
    this.send(frame('closed', { reason }))
    if (!this.#isOpen) return
    this.#end()
    this.#controller?.close()
  }

  /** Ends it at once, with what still waits. */
  drop(): void {
    if (!this.#isOpen) return
    this.discard()
    this.cut()
  }

  /** Ends what nobody was given: on its connection another answer can still be sent. */
  discard(): void {
    this.#end()
    this.#controller?.error(new DOMException('The stream was cut off.', 'AbortError'))
  }

  #end(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.onEnd()
  }
}
