/** How a follower is told. */
export type Transport = 'websocket' | 'sse' | 'polling';
