import { notFound } from 'next/navigation'

/** A record's number from its address; 404 for what can be none. */
export const recordIdOr404 = (text: string): number =>
  /^[1-9]\d{0,8}$/.test(text) ? Number(text) : notFound()
