package io.htgateway.web.problem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * A problem as it is sent.
 */
@SuppressWarnings("ArrayRecordComponent")
public record RenderedProblem(HttpStatusCode status, HttpHeaders headers, byte[] body) {
}
