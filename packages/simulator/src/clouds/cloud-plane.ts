import type { Plane } from '../server/listen.ts';

/** A cloud's own plane: what it serves, and the shape of its errors. */
export interface CloudPlane extends Pick<Plane, 'routes' | 'error' | 'enter'> {
  /** Makes every token invalid. Gives how many there were. */
  expireAll(): number;
}
