import type { LiveMessages } from '@/app/_server/live/messages'

export type LiveEvent = { [K in keyof LiveMessages]: { event: K; data: LiveMessages[K] } }[keyof LiveMessages]

/**
 * The messages in the body of a live stream, as they come. Read from `fetch`, because an `EventSource` tells neither the
 * status of an answer nor when to come back, and knows no first `Last-Event-ID`. Ours end each line with one line feed
 * and write the data of a message on one line.
 */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<LiveEvent> {
  const decoder = new TextDecoder()
  const reader = body.getReader()
  let text = ''
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      text += decoder.decode(part.value, { stream: true })
      const messages = text.split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) yield parse(message)
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}

function parse(message: string): LiveEvent {
  const fields = new Map(
    message.split('\n').map((line) => {
      const colon = line.indexOf(': ')
      return [line.slice(0, colon), line.slice(colon + 2)]
    }),
  )
  return { event: fields.get('event'), data: JSON.parse(fields.get('data') ?? 'null') } as LiveEvent
}
