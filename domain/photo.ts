/** In pixels, widest first: a guest's phone in full width, and the thumbnail of a list, each at twice the density. */
export const PHOTO_WIDTHS = [1280, 320] as const
export type PhotoWidth = (typeof PHOTO_WIDTHS)[number]

/** All photos are cut to 4:3, so that lists of dishes stand in line. */
export const photoHeight = (width: number): number => (width * 3) / 4

/** A photo's address: its content never changes. */
export const photoUrl = (photo: string, width: PhotoWidth): string => `/photos/${photo}-${width}.webp`

/** What a file name of a photo says, or null. */
export function parsePhotoName(name: string): { photo: string; width: PhotoWidth } | null {
  const [, photo, digits] = /^([0-9a-f]{64})-(\d{3,4})\.webp$/.exec(name) ?? []
  const width = PHOTO_WIDTHS.find((candidate) => String(candidate) === digits)
  return photo && width ? { photo, width } : null
}
