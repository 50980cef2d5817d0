/**
 * Has an HTTP server that listens nowhere keep to its time limits: Node begins to watch over them as it listens.
 * @param {import('node:http').Server} server
 */
export function watchTimeouts(server) {
  server.emit('listening')
}

/**
 * Has an HTTP server serve a connection that somebody else took, and read the first bytes of.
 * @param {import('node:http').Server} server
 * @param {import('node:net').Socket} socket
 * @param {Buffer} bytes
 */
export function serveConnection(server, socket, bytes) {
  // As those are that it takes itself: it ends what a client has ended.
  socket.allowHalfOpen = true
  socket.unshift(bytes)
  server.emit('connection', socket)
  // Whoever read the first bytes stopped it there.
  socket.resume()
}
