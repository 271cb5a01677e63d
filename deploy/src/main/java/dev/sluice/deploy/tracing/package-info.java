/** Traces, as OpenTelemetry keeps them. */
package dev.sluice.deploy.tracing;
