/** The HTTP API of warm-ups, below {@code /api/v1/warm-ups}. */
package dev.sluice.gateway.warmup;
