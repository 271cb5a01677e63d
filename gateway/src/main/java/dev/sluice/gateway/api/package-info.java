/** What the JSON APIs under {@code /api/} have in common: bodies, answers, and who is let in. */
package dev.sluice.gateway.api;
