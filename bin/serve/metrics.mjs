import cluster from 'node:cluster'
import { createServer } from 'node:http'
import client from 'prom-client'
import { Sentence } from '../lib/sentence.mjs'

/** Seconds. Pages take milliseconds, and what takes longer than the gate's deadline is lost anyway. */
const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/**
 * Begins to measure this process: Node itself, the database gate, and requests.
 * @param {() => boolean} isServing whether requests come to this process, which starts for some seconds first
 * @returns {(answered: import('./listener.mjs').Answered) => void} to be told of each request that was answered
 */
export function observeRequests(isServing) {
  client.collectDefaultMetrics()
  // Making one is what makes a worker answer the supervisor's questions.
  if (cluster.isWorker) new client.AggregatorRegistry()
  measureServing(isServing)
  measureGate()
  measureTurns()
  measureStreams()
  measureMise()
  measureJobs()
  const durations = new client.Histogram({
    name: 'brigade_http_request_duration_seconds',
    help: 'From the first byte read to the answer sent or broken off, by the pattern of the address.',
    labelNames: ['route', 'status'],
    buckets: BUCKETS,
  })
  return ({ route, status, ms, isStream }) => {
    // How long somebody watches a wall is no duration to average.
    if (!isStream) durations.observe({ route, status: `${Math.floor(status / 100)}xx` }, ms / 1000)
  }
}

function measureServing(isServing) {
  new client.Gauge({
    name: 'brigade_web_serving',
    help: 'Web processes that take requests; one that starts does not yet.',
    collect() {
      this.set(isServing() ? 1 : 0)
    },
  })
}

/** The gate's own counters, read when asked for. Without a gate (nobody has opened the database yet) they are absent. */
function measureGate() {
  const stats = () => globalThis[Symbol.for('brigade.gate')]?.stats()
  const gauge = (name, help, read, aggregator = 'sum') =>
    new client.Gauge({ name, help, aggregator, collect: setFrom((metric, now) => metric.set(read(now))) })
  const counter = (name, help, read) =>
    new client.Counter({
      name,
      help,
      collect: setFrom((metric, now) => {
        metric.reset()
        metric.inc(read(now))
      }),
    })
  function setFrom(set) {
    return function () {
      const now = stats()
      if (now) set(this, now)
    }
  }
  gauge('brigade_db_connections_max', 'Permits of the database gate.', (now) => now.max)
  gauge('brigade_db_in_use', 'Permits held.', (now) => now.inUse)
  gauge('brigade_db_idle', 'Permits free.', (now) => now.idle)
  gauge('brigade_db_waiting', 'Requests queued for a permit.', (now) => now.waiting)
  gauge(
    'brigade_db_longest_wait_seconds',
    'The longest wait so far.',
    (now) => now.longestWaitMs / 1000,
    'max',
  )
  counter('brigade_db_admitted_total', 'Permits granted.', (now) => now.admitted)
  counter('brigade_db_refused_total', 'Permits refused: queue full or deadline passed.', (now) => now.refused)
  counter('brigade_db_queries_total', 'Statements sent.', (now) => now.queries)
  counter('brigade_db_query_seconds_total', 'Time spent in statements.', (now) => now.queryMs / 1000)
  counter('brigade_db_connections_opened_total', 'Connections opened.', (now) => now.opened)
  counter('brigade_db_connections_lost_total', 'Connections lost.', (now) => now.lost)
  const waits = new client.Histogram({
    name: 'brigade_db_gate_wait_seconds',
    help: 'How long each permit was waited for, by whose turn comes first.',
    labelNames: ['priority'],
    buckets: BUCKETS,
  })
  globalThis[Symbol.for('brigade.gate')]?.onAdmitted((ms, priority) => waits.observe({ priority }, ms / 1000))
}

/** Who waits for the processor (turns.mjs). */
function measureTurns() {
  const stats = () => globalThis[Symbol.for('brigade.turns')]?.stats()
  new client.Gauge({
    name: 'brigade_render_waiting',
    help: 'Pages of the office that wait to be made.',
    collect() {
      this.set(stats()?.waiting ?? 0)
    },
  })
  new client.Counter({
    name: 'brigade_render_refused_total',
    help: 'Pages that were not made: too many waited, or theirs waited too long.',
    collect() {
      this.reset()
      this.inc(stats()?.refused ?? 0)
    },
  })
}

/** A stream is no request that ends, so there is no duration of it; how many are open says what the kitchens see. */
function measureStreams() {
  new client.Gauge({
    name: 'brigade_live_streams',
    help: 'Kitchen walls that are connected.',
    collect() {
      this.set(globalThis[Symbol.for('brigade.streams')]?.count() ?? 0)
    },
  })
  new client.Gauge({
    name: 'brigade_live_lag_seconds',
    help: 'Since the wall that waits longest was last known to miss nothing; under 6 while all is well.',
    aggregator: 'max',
    collect() {
      this.set(globalThis[Symbol.for('brigade.streams')]?.lag() ?? 0)
    },
  })
}

/** What is kept at hand, by name (app/_server/mise.ts), and how often that was of use. */
function measureMise() {
  const read = () => globalThis[Symbol.for('brigade.miseFigures')]?.() ?? []
  const metric = (Kind, name, help, value, labels = []) =>
    new Kind({
      name,
      help,
      labelNames: ['name', ...labels],
      collect() {
        this.reset()
        for (const figures of read()) value(this, figures)
      },
    })
  const results = ['hits', 'renewed', 'joined', 'loads', 'failures']
  const countReads = (counter, figures) => {
    for (const result of results) counter.inc({ name: figures.name, result }, figures[result])
  }
  metric(client.Counter, 'brigade_mise_reads_total', 'Reads of what is kept.', countReads, ['result'])
  metric(client.Counter, 'brigade_mise_load_seconds_total', 'Time spent loading.', (counter, figures) =>
    counter.inc({ name: figures.name }, figures.loadMs / 1000),
  )
  metric(client.Gauge, 'brigade_mise_entries', 'Entries kept.', (gauge, { name, entries }) =>
    gauge.set({ name }, entries),
  )
  metric(client.Gauge, 'brigade_mise_bytes', 'What they take, about.', (gauge, { name, bytes }) =>
    gauge.set({ name }, bytes),
  )
}

/** Housekeeping as each process saw it last (app/_server/housekeeping.ts); all look at the same runs, so the latest counts. */
function measureJobs() {
  const read = () => globalThis[Symbol.for('brigade.jobFigures')]?.() ?? []
  const gauge = (name, help, value) =>
    new client.Gauge({
      name,
      help,
      labelNames: ['job'],
      aggregator: 'max',
      collect() {
        this.reset()
        for (const figures of read()) {
          const now = value(figures)
          if (now !== null) this.set({ job: figures.name }, now)
        }
      },
    })
  gauge(
    'brigade_job_last_success_timestamp_seconds',
    'When a job last began that ended well.',
    ({ okAt }) => okAt,
  )
  gauge('brigade_job_duration_seconds', 'How long its last run took.', ({ seconds }) => seconds)
  gauge('brigade_job_rows', 'What its last run wrote or deleted.', ({ rows }) => rows)
  gauge('brigade_job_failures', 'Runs since then that failed or were broken off.', ({ failures }) => failures)
  gauge('brigade_job_needs_somebody', '1: failed again and again, or found figures that differ.', (job) =>
    job.needsSomebody ? 1 : 0,
  )
}

/** Prometheus text of this process, on the loopback interface. */
export const serveMetrics = (port) => serveText(port, () => client.register.metrics())

/** Prometheus text of all workers, added up in the process that supervises them. */
export function serveWorkerMetrics(port) {
  const workers = new client.AggregatorRegistry()
  return serveText(port, () => workers.clusterMetrics())
}

async function serveText(port, text) {
  const server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return response.writeHead(404).end()
    try {
      const body = await text()
      response.writeHead(200, { 'content-type': client.register.contentType }).end(body)
    } catch (error) {
      response.writeHead(503).end(`${error.message}\n`)
    }
  })
  await new Promise((resolve, reject) => {
    server.once('error', () => reject(new Sentence(`METRICS_PORT ${port} is in use: choose another.`)))
    server.listen(port, '127.0.0.1', () => resolve(undefined))
  })
  return server
}
