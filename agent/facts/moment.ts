/** The frame being worked on: when it was captured and where it stands. One object, updated in place. */
export class Moment {
  /** Microseconds since 1970. */
  time = 0;
  /** Frame number within its file, from 1. */
  frame = 0;
  /** Index of the file among those read. */
  file = 0;
}
