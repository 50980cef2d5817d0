import { setImmediate as turnOfTheLoop } from 'node:timers/promises'

/**
 * Evaluates what pages are made of in the browser, which makes their HTML here, too, and their actions. Next does that in
 * the middle of the first page that has them, and a page that is made for nobody has few. What this goes by is Next's own
 * and written down nowhere: where that is not as it was, nothing is evaluated.
 */
export async function evaluatePageModules() {
  const { __next_require__: evaluate, __next_chunk_load__: load } = globalThis
  const manifests = globalThis[Symbol.for('next.server.manifests')]
  if (!evaluate || !load || !manifests) return
  for (const [id, chunks] of modulesIn(manifests)) {
    try {
      await Promise.all(chunks.map(load))
      await evaluate(id)
    } catch {
      // It fails again in the page, where somebody is told.
    }
    await turnOfTheLoop()
  }
}

/** @returns {Map<number | string, string[]>} modules, and the files that they are in besides those of the page */
function modulesIn({ clientReferenceManifestsPerRoute, serverActionsManifest }) {
  const modules = new Map()
  for (const { clientReferenceManifest } of clientReferenceManifestsPerRoute?.values() ?? []) {
    for (const { '*': whole } of Object.values(clientReferenceManifest?.ssrModuleMapping ?? {})) {
      if (whole) modules.set(whole.id, whole.chunks)
    }
  }
  for (const { workers } of Object.values(serverActionsManifest?.node ?? {})) {
    for (const { moduleId } of Object.values(workers)) modules.set(moduleId, [])
  }
  return modules
}
