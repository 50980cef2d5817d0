import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '../lib/free-port.mjs'

/** Debian's package is nginx-light; where it is missing this is not tested. */
const NGINX = ['/usr/sbin/nginx', '/usr/local/sbin/nginx'].find((path) => existsSync(path)) ?? ''
const conf = readFileSync(new URL('../../deploy/nginx.conf', import.meta.url), 'utf8')

let folder: string
let nginx: ChildProcess
let brigade: Server
let answer: RequestListener
let client: ClientHttp2Session

/** The file as it is, for this machine: other ports, a folder for what is /opt and /var/cache, a certificate of its own. */
async function startNginx(brigadePort: number): Promise<number> {
  const [port, plain] = [await freePort(), await freePort()]
  const key = join(folder, 'key.pem')
  const certificate = join(folder, 'certificate.pem')
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=brigade.example'],
      ...['-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  )
  const site = conf
    .replace('127.0.0.1:3000', `127.0.0.1:${brigadePort}`)
    .replace('listen 443', `listen 127.0.0.1:${port}`)
    .replace('listen 80', `listen 127.0.0.1:${plain}`)
    .replace(/\/etc\/letsencrypt\S+fullchain\.pem/, certificate)
    .replace(/\/etc\/letsencrypt\S+privkey\.pem/, key)
    .replaceAll('/opt/brigade', folder)
    .replace('/var/cache/nginx/brigade', join(folder, 'cache'))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${folder}/${kind};`)
    .join(' ')
  writeFileSync(join(folder, 'site.conf'), site)
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; events {}
    http { access_log off; ${temporary} types { application/javascript js; } include ${folder}/site.conf; }`,
  )
  nginx = spawn(NGINX, ['-p', folder, '-e', `${folder}/error.log`, '-c', `${folder}/nginx.conf`], {
    stdio: 'inherit',
  })
  return port
}

const connected = (port: number): Promise<ClientHttp2Session> =>
  vi.waitFor(
    async () => {
      const session = connect(`https://127.0.0.1:${port}`, { rejectUnauthorized: false })
      await once(session, 'connect')
      return session
    },
    { timeout: 20_000, interval: 50 },
  )

function ask(path: string, headers: Record<string, string> = {}): ClientHttp2Stream {
  const stream = client.request({ ':path': path, ':authority': 'brigade.example', ...headers })
  stream.end()
  return stream
}

async function get(path: string, headers: Record<string, string> = {}) {
  const stream = ask(path, headers)
  const [head] = (await once(stream, 'response')) as [Record<string, string | number>]
  const pieces: Buffer[] = []
  for await (const piece of stream) pieces.push(piece as Buffer)
  return { head, status: head[':status'], body: Buffer.concat(pieces) }
}

describe.skipIf(!NGINX)('nginx in front', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'brigade-nginx-'))
    execFileSync('chmod', ['755', folder])
    mkdirSync(join(folder, '.next/static/chunks'), { recursive: true })
    writeFileSync(join(folder, '.next/static/chunks/new.js'), 'from the disk')
    brigade = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1')
    await once(brigade, 'listening')
    client = await connected(await startNginx((brigade.address() as AddressInfo).port))
  })
  afterAll(async () => {
    client?.destroy()
    nginx?.kill('SIGTERM')
    if (nginx?.exitCode === null) await once(nginx, 'exit')
    brigade?.closeAllConnections()
    brigade?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  afterEach(() => {
    answer = (_request, response) => response.end()
  })

  test('tells Brigade its own name, whatever the visitor says of forwarding', async () => {
    answer = ({ headers }, response) => response.end(JSON.stringify(headers))
    const { body } = await get('/menu', {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
      'accept-encoding': 'gzip',
    })
    const told = JSON.parse(body.toString())
    expect(told).toMatchObject({
      host: 'brigade.example',
      'x-forwarded-host': 'brigade.example',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
    })
    expect(told.forwarded).toBeUndefined()
    expect(told['accept-encoding'], 'Brigade need not compress').toBeUndefined()
  })

  test('compresses pages for those who take it', async () => {
    const page = `<html>${'Minestrone '.repeat(500)}</html>`
    answer = (_request, response) => {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(page)
    }
    const small = await get('/menu', { 'accept-encoding': 'gzip' })
    expect(small.head['content-encoding']).toBe('gzip')
    expect(small.body.length).toBeLessThan(page.length / 5)
    expect(gunzipSync(small.body).toString()).toBe(page)
    expect((await get('/menu')).body.toString()).toBe(page)
  })

  test('hands on each message of a live stream as it comes, uncompressed', async () => {
    let send: (text: string) => void = () => {}
    answer = (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      send = (text) => response.write(text)
      send('data: 1\n\n')
    }
    const stream = ask('/api/kitchen/berlin/events', { 'accept-encoding': 'gzip' })
    const [head] = await once(stream, 'response')
    expect(head['content-encoding']).toBeUndefined()
    expect(String((await once(stream, 'data'))[0])).toBe('data: 1\n\n')
    const next = once(stream, 'data')
    send('data: 2\n\n')
    expect(String((await next)[0])).toBe('data: 2\n\n')
    stream.destroy()
  })

  test('asks for a menu once for a crowd of guests, and each time for whoever is signed in', async () => {
    let asked = 0
    answer = (_request, response) => {
      asked++
      response.setHeader('cache-control', 'no-cache')
      response.setHeader('content-type', 'text/html')
      setTimeout(() => response.end(`menu ${asked}`), 50)
    }
    const crowd = await Promise.all(Array.from({ length: 100 }, () => get('/m/berlin')))
    expect(new Set(crowd.map(({ body }) => body.toString()))).toEqual(new Set(['menu 1']))
    expect(crowd[0]?.head['cache-control'], 'browsers ask each time').toBe('no-cache')
    expect((await get('/m/berlin', { cookie: 'brigade_session=a.b' })).body.toString()).toBe('menu 2')
    expect((await get('/m/berlin', { rsc: '1' })).body.toString()).toBe('menu 3')
    await expect
      .poll(async () => (await get('/m/berlin')).body.toString(), { timeout: 10_000 })
      .not.toBe('menu 1')
  })

  test('keeps nothing of a page that somebody is signed in to', async () => {
    let asked = 0
    answer = (_request, response) => response.end(`page ${++asked}`)
    expect((await get('/menu')).body.toString()).toBe('page 1')
    expect((await get('/menu')).body.toString()).toBe('page 2')
  })

  test('serves built files from the disk for a year, and asks Brigade for those that are not there', async () => {
    answer = ({ url }, response) => response.end(`Brigade has ${url}`)
    const known = await get('/_next/static/chunks/new.js')
    expect(known.body.toString()).toBe('from the disk')
    expect(known.head['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(known.head['content-type']).toBe('application/javascript')
    expect((await get('/_next/static/chunks/old.js?a=1')).body.toString()).toBe(
      'Brigade has /_next/static/chunks/old.js?a=1',
    )
    const outside = await get('/_next/static/../../certificate.pem')
    expect(outside.body.toString()).not.toContain('BEGIN')
  })

  test('hands on a refusal with the time to come back', async () => {
    answer = (_request, response) => {
      response.writeHead(503, { 'retry-after': '3' })
      response.end('busy')
    }
    const { status, head } = await get('/overview')
    expect([status, head['retry-after']]).toEqual([503, '3'])
  })
})
