/** Whether a text holds no half of a surrogate pair. ES2024, in Node 20 already; the compiler's library is that of ES2023. */
export const isWellFormed = (text: string): boolean => (text as unknown as { isWellFormed(): boolean }).isWellFormed();
