/** Loaded before a program: its wall clock is off by so many milliseconds as a file says. */
import { readFileSync } from 'node:fs';

const { now } = Date;
const file = process.env.CLOCK_OFFSET_FILE;
Date.now = () => now() + Number(readFileSync(file, 'utf8'));
