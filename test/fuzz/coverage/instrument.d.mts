export function instrument(code: string, path: string, originOf: (line: number, column: number) => number): string;
