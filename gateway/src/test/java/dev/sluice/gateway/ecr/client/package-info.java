/** The ECR API, driven by the client that Amazon ships. */
package dev.sluice.gateway.ecr.client;
