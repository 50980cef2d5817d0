// Whole, because Node 16 has no statfsSync and would not get as far as saying that it is too old.
import fs from 'node:fs'

/**
 * The text of the embedded server's settings file, written anew at each start so that it follows this code.
 * `ALTER SYSTEM` still overrides it. Sized for a machine with a few gigabytes that runs Brigade beside it.
 * @param {{ port: number, disposable: boolean }} options `disposable`: data that may be lost, made as fast as possible
 */
export function serverSettings({ port, disposable }) {
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    max_connections: disposable ? 200 : 100,
    shared_preload_libraries: 'pg_stat_statements',
    track_io_timing: 'on',
    shared_buffers: '256MB',
    effective_cache_size: '1GB',
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    random_page_cost: 1.1,
    // Short queries: compiling them costs more than it saves.
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %u@%d ',
    log_min_duration_statement: '1s',
    log_lock_waits: 'on',
    ...(sharedMemoryIsSmall() && { dynamic_shared_memory_type: 'mmap' }),
    ...(disposable && {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      log_min_duration_statement: -1,
    }),
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`)
  return `# Written by Brigade at each start. Your own settings: ALTER SYSTEM.\n${lines.join('\n')}\n`
}

/** Containers often have 64 MB of it, and a parallel query then fails for want of space: use files instead. */
function sharedMemoryIsSmall() {
  if (process.platform !== 'linux') return false
  try {
    const { blocks, bsize } = fs.statfsSync('/dev/shm')
    return blocks * bsize < 512 * 1024 * 1024
  } catch {
    return true
  }
}
