/** The operations of the ECR API over real metadata, and what a test needs to fill that. */
package dev.sluice.gateway.ecr.live;
