package io.htgateway.web;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * A problem as it is sent.
 */
@SuppressWarnings("ArrayRecordComponent")
record RenderedProblem(HttpStatusCode status, HttpHeaders headers, byte[] body) {
}
