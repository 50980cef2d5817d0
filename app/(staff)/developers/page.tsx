import type { Metadata } from 'next'
import { COMMON_ANSWERS, OPERATIONS, type Operation, otherAnswers } from '@/app/_server/openapi'
import { API_ALLOWANCE } from '@/domain/api'

export const metadata: Metadata = { title: 'API' }

const EXAMPLE = `curl -X POST "$BRIGADE/api/v1/orders" \\
  -H "Authorization: Bearer $KEY" \\
  -H "Idempotency-Key: $(uuidgen)" \\
  -H "Content-Type: application/json" \\
  -d '{
    "channel": "dine_in",
    "placeOrName": "12",
    "lines": [{ "menuItemId": 1, "quantity": 2, "specialRequests": "no butter" }]
  }'`

/** For people who connect a POS or a web shop. Open to everybody, like the API's description; it holds no data. */
export default function DevelopersPage() {
  return (
    <main className="mx-auto grid max-w-3xl gap-8 px-4 py-12">
      <header className="grid gap-2">
        <p className="font-semibold text-accent">Brigade</p>
        <h1 className="text-2xl font-semibold tracking-[-0.01em]">API</h1>
        <p>
          Send orders to a restaurant's kitchen, once and only once, and read its menu. Software finds the
          same in{' '}
          <a className="underline" href="/api/v1/openapi.json">
            openapi.json
          </a>
          .
        </p>
      </header>
      <Section title="Before you begin">
        <p>
          Each restaurant has keys of its own, at most two at a time, so that you can change to a new one
          before the old one ends. Whoever runs Brigade makes one with <code>npm run api-key:create</code>; it
          is shown once.
        </p>
        <p>
          Every write needs an <code>Idempotency-Key</code>: new for each order, the same when you send it
          again because no answer came. The order is then placed once, and the first answer comes again, byte
          for byte. A refused request may be sent again under its key.
        </p>
        <p>
          Money is in cents, times are in UTC. A key may send {API_ALLOWANCE.quota} requests in{' '}
          {API_ALLOWANCE.windowSeconds} seconds; the headers <code>RateLimit-Policy</code> and{' '}
          <code>RateLimit</code> say what is left. Errors are problem details (RFC 9457): <code>detail</code>{' '}
          says what to do.
        </p>
        <pre className="whitespace-pre-wrap rounded-md border border-line bg-surface p-4 text-sm [overflow-wrap:anywhere]">
          {EXAMPLE}
        </pre>
      </Section>
      {OPERATIONS.map((operation) => (
        <OperationSection key={`${operation.method} ${operation.path}`} operation={operation} />
      ))}
      <Section title="Any request may also be answered">
        <Answers answers={Object.entries(COMMON_ANSWERS)} />
      </Section>
    </main>
  )
}

function OperationSection({ operation }: { operation: Operation }) {
  const common = Object.keys(COMMON_ANSWERS).map(Number)
  const { answer } = operation
  return (
    <Section title={operation.summary}>
      <p>
        <code className="font-semibold">
          {operation.method.toUpperCase()} {operation.path}
        </code>
      </p>
      <p>{operation.description}</p>
      <Answers
        answers={[
          [String(answer.status), answer.description],
          ...otherAnswers(operation)
            .filter(([status]) => !common.includes(status))
            .map(([status, meaning]): [string, string] => [String(status), meaning]),
        ]}
      />
    </Section>
  )
}

const Section = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <section className="grid gap-3 border-t border-line pt-6">
    <h2 className="text-lg font-semibold">{title}</h2>
    {children}
  </section>
)

const Answers = ({ answers }: { answers: [status: string, meaning: string][] }) => (
  <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
    {answers.map(([status, meaning]) => (
      <div key={status} className="contents">
        <dt className="font-semibold tabular-nums">{status}</dt>
        <dd>{meaning}</dd>
      </div>
    ))}
  </dl>
)
