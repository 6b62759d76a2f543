import type * as OpenTelemetry from '@opentelemetry/api';
import { type Attributes, type Context, type Span, type Tracer } from '@opentelemetry/api';
import { type FastifyInstance } from 'fastify';
import { type Logger } from 'pino';
import { type RequestTrace } from '#api/request-trace.js';

type Api = typeof OpenTelemetry;

/** A command as a trace shows it. */
export interface CommandSpan {
  /** Its own place in the trace. */
  traceparent: string;
  end(outcome: string, attributes: Attributes): void;
}

/** How long a collector may keep an export waiting, in milliseconds: the server's end waits for the last one. */
const EXPORT_TIME = 3_000;

/**
 * Traces by OpenTelemetry, sent to the collector at `endpoint` (OTLP over HTTP, JSON); undefined without one: then none of
 * OpenTelemetry's SDK is loaded. Its other variables (OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER,
 * OTEL_EXPORTER_OTLP_HEADERS) are read by itself.
 */
export async function openTracing(endpoint: string, version: string, logger: Logger): Promise<Tracing | undefined> {
  if (endpoint === '') return undefined;
  const [api, { BasicTracerProvider, BatchSpanProcessor }, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const tell = (message: string): void => logger.warn({ context: 'OpenTelemetry' }, message);
  api.diag.setLogger(
    { error: tell, warn: tell, info: () => undefined, debug: () => undefined, verbose: () => undefined },
    api.DiagLogLevel.WARN,
  );
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    timeoutMillis: EXPORT_TIME,
  });
  const provider = new BasicTracerProvider({
    resource: resources
      .resourceFromAttributes({ 'service.name': 'caseledger', 'service.version': version })
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  return new Tracing(api, provider.getTracer('caseledger', version), () => provider.shutdown());
}

/** Spans of requests and commands. Parents are handed on by `traceparent`, not by a context of the runtime, which would slow everything. */
export class Tracing {
  constructor(
    private readonly api: Api,
    private readonly tracer: Tracer,
    /** Sends what has not been sent. */
    readonly close: () => Promise<void>,
  ) {}

  /** A span for each request; what the request leads to finds it as the request's `traceparent`. */
  requests(fastify: FastifyInstance): void {
    const { SpanKind, SpanStatusCode } = this.api;
    const spans = new WeakMap<object, Span>();
    fastify.addHook('onRequest', (request, _reply, next) => {
      const { method, raw, headers, id } = request;
      const path = raw.url?.split('?', 1)[0] ?? '';
      const attributes = { 'http.request.method': method, 'url.path': path, 'caseledger.request_id': id };
      const parent = this.contextOf(headers.traceparent as string | undefined);
      const span = this.tracer.startSpan(`${method} ${path}`, { kind: SpanKind.SERVER, attributes }, parent);
      spans.set(request, span);
      headers.traceparent = traceparentOf(span);
      next();
    });
    fastify.addHook('onResponse', (request, { statusCode }, next) => {
      const span = spans.get(request);
      span?.setAttribute('http.response.status_code', statusCode);
      if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
      next();
    });
  }

  command({ traceparent }: RequestTrace, name: string): CommandSpan {
    const span = this.tracer.startSpan(`command ${name}`, {}, this.contextOf(traceparent));
    const { ERROR } = this.api.SpanStatusCode;
    return {
      traceparent: traceparentOf(span),
      end: (outcome, attributes) => {
        span.setAttribute('caseledger.outcome', outcome);
        for (const [key, value] of Object.entries(attributes))
          if (value !== undefined) span.setAttribute(`caseledger.${key}`, value);
        if (outcome === 'INTERNAL') span.setStatus({ code: ERROR });
        span.end();
      },
    };
  }

  private contextOf(traceparent: string | undefined): Context {
    const { ROOT_CONTEXT, trace, TraceFlags } = this.api;
    const [, traceId, spanId, flags] = traceparent?.split('-') ?? [];
    if (!traceId || !spanId || !flags) return ROOT_CONTEXT;
    const traceFlags = parseInt(flags, 16) & TraceFlags.SAMPLED;
    return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
  }
}

function traceparentOf(span: Span): string {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}
