export function memoryOptions(own?: string): string[];
