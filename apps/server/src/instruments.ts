import { type DestinationStream, type Logger } from 'pino';
import { type Config } from './config.js';
import { createLogger } from './logging/logger.js';
import { Metrics } from './metrics/metrics.js';
import { Observer } from './observer.js';
import { version } from './software.js';
import { openTracing, type Tracing } from './tracing/tracing.js';

/** What the server tells of itself: lines, figures and, if configured, traces. */
export interface Instruments {
  logger: Logger;
  metrics: Metrics;
  tracing: Tracing | undefined;
  observer: Observer;
}

/** Opens what tells operators of a process: its log, its metrics and, where a collector is configured, its traces. */
export async function openInstruments(config: Config, linesTo?: DestinationStream): Promise<Instruments> {
  const metrics = new Metrics();
  const logger = createLogger(config.LOG_LEVEL, (level) => metrics.logged(level), linesTo);
  const tracing = await openTracing(config.OTEL_EXPORTER_OTLP_ENDPOINT, version, logger);
  return { logger, metrics, tracing, observer: new Observer(metrics, logger, tracing) };
}
