/** Tests of the HTTP API of warm-ups. */
package dev.sluice.gateway.warmup;
