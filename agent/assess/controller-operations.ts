/** What operations mean for a controller's program and mode, by the protocols' own names for them. */
import type { OperationSnapshot } from '../model/snapshot.ts';

/** Reading logic or files out is how backups are made, and how plans are stolen. */
const UPLOAD = /upload|read (memory block|file)|open file to read|close file|get file/i;
/** Commands that stop, start or restart a controller. */
const MODE_CHANGE = /\bstop\b|\bstart\b|restart|reset|mode|warm|cold|\brun\b/i;
/** Starting a data transfer or a connection is no start of a controller. */
const NO_MODE_CHANGE = /STARTDT|STOPDT|start(ing)? (upload|download)|counter|communication/i;

/** `upload`: out of the controller; `download`: into it, or something in it changed; `mode`: stopped, started, restarted. */
export type ControllerChange = 'upload' | 'download' | 'mode';

/** What an operation that was not refused changed or moved; null for one that is about values only. */
export function controllerChange({
  access,
  name,
  responses,
  errors,
}: Pick<OperationSnapshot, 'access' | 'name' | 'responses' | 'errors'>): ControllerChange | null {
  if (responses > 0 && errors === responses) return null;
  if (access === 'program') return UPLOAD.test(name) ? 'upload' : 'download';
  return access === 'control' && MODE_CHANGE.test(name) && !NO_MODE_CHANGE.test(name) ? 'mode' : null;
}
