import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open, rename, unlink } from 'node:fs/promises'
import { extname } from 'node:path'

/**
 * The rows that an import could not take. While it runs they stand beside the named file, in FILE.part, of which the
 * database knows how many bytes belong to committed batches: what a killed import wrote beyond them is overwritten.
 */
export class RejectsFile {
  private constructor(
    private readonly handle: FileHandle,
    private readonly part: string,
    private readonly path: string,
  ) {}

  /** Opens the part as a run left it after so many bytes; null when it is gone or shorter. `bytes` 0: a new one. */
  static async open(path: string, bytes: number): Promise<RejectsFile | null> {
    const part = `${path}.part`
    const handle = await open(part, bytes > 0 ? 'r+' : 'w').catch(unlessMissing)
    if (!handle) return null
    if ((await handle.stat()).size >= bytes) {
      await handle.truncate(bytes)
      return new RejectsFile(handle, part, path)
    }
    await handle.close()
    return null
  }

  /** Writes at a place and waits until it is on the disk, for the database will say that it is. Returns the new end. */
  async write(text: string, at: number): Promise<number> {
    if (text === '') return at
    const bytes = Buffer.from(text)
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.handle.write(bytes, done, bytes.length - done, at + done)
      done += bytesWritten
    }
    await this.handle.datasync()
    return at + bytes.length
  }

  /**
   * Gives the file its name, or FILE-2, FILE-3 where somebody may be correcting an earlier one; one that is equal is left
   * as it is. Returns the name, or null when nothing was rejected.
   */
  async publish(bytes: number): Promise<string | null> {
    await this.handle.close()
    if (bytes > 0) return this.giveName()
    await unlink(this.part)
    return null
  }

  close(): Promise<void> {
    return this.handle.close()
  }

  private async giveName(): Promise<string> {
    const ending = extname(this.path)
    const stem = this.path.slice(0, this.path.length - ending.length)
    const content = await hashOf(this.part)
    for (let n = 1; ; n++) {
      const name = n === 1 ? this.path : `${stem}-${n}${ending}`
      const there = await hashOf(name).catch(unlessMissing)
      if (there === content) {
        await unlink(this.part)
        return name
      }
      if (there === null) {
        await rename(this.part, name)
        return name
      }
    }
  }
}

/** Null for a file that isn't there. */
function unlessMissing(error: NodeJS.ErrnoException): null {
  if (error.code !== 'ENOENT') throw error
  return null
}

/** SHA-256 of a file's content, in hexadecimal. */
export async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }))
    hash.update(chunk as Buffer)
  return hash.digest('hex')
}
