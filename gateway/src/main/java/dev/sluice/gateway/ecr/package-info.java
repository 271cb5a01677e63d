/**
 * {@code POST /}: the API of Amazon ECR, awsJson 1.1. A request is authenticated by its signature,
 * read into a typed value, and answered by one {@link dev.sluice.gateway.ecr.Operation}.
 */
package dev.sluice.gateway.ecr;
