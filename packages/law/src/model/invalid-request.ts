import type { Complaint } from './complaint.ts';

/**
 * A request or question without a possible timetable, with every complaint.
 *
 * @example
 * if (error instanceof InvalidRequest) console.error(error.complaints);
 */
export class InvalidRequest extends Error {
  readonly complaints: readonly Complaint[];
  constructor(complaints: readonly Complaint[]) {
    super(
      complaints
        .map(({ path, reason }) => (path === '' ? reason : `${path}: ${reason}`))
        .join('; '),
    );
    this.name = 'InvalidRequest';
    this.complaints = complaints;
  }
}
