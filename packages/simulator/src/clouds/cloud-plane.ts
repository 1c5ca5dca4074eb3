import type { Plane } from '../server/listen.ts';

/** A plane of a cloud: its routes, and the shape of its errors. */
export interface CloudPlane extends Pick<Plane, 'routes' | 'error' | 'enter'> {
  /** Makes every token invalid. Returns how many there were. */
  expireAll(): number;
}
