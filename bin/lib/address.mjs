import { createServer } from 'node:net'
import { Sentence } from './sentence.mjs'

/**
 * Where to serve, from PORT and HOST, once it is sure that nobody else does.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ host: string, port: number, url: string }>} `url` for a browser on this machine
 * @throws {Sentence}
 */
export async function freeAddress(env) {
  const text = env.PORT || '3000'
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65535) {
    throw new Sentence(`PORT is "${text}": it must be a number from 1 to 65535.`)
  }
  const host = env.HOST || '127.0.0.1'
  await refuseUnlessFree(host, port)
  return { host, port, url: env.APP_URL || `http://${shown(host)}:${port}` }
}

function refuseUnlessFree(host, port) {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(new Sentence(inWords(error, host, port))))
    probe.listen({ port, host, exclusive: true }, () => probe.close(resolve))
  })
}

function inWords({ code, message }, host, port) {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is in use, perhaps by Brigade itself: stop that program, or choose another with PORT=${port === 65535 ? 3000 : port + 1} npm start.`
  }
  if (code === 'EACCES') return `Port ${port} may only be opened by root: choose one from 1024 up with PORT.`
  if (['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code)) {
    return `HOST is "${host}", which is no address of this machine: use 127.0.0.1, or 0.0.0.0 for every network.`
  }
  return `Brigade cannot listen on ${host}:${port}: ${message}.`
}

function shown(host) {
  if (host === '0.0.0.0' || host === '::' || host === '127.0.0.1') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
