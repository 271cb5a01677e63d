/** The registry surface under {@code /v2/}: the pull side of the OCI distribution spec 1.1. */
package dev.sluice.gateway.registry;
