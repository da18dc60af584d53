/**
 * HTTP front of the gateway: responses and problems for callers.
 * <p>
 * A {@link io.htgateway.web.reply.Reply} is made from the result of an endpoint.
 * {@link io.htgateway.web.ResponseWriter} sends it and stores a
 * {@link io.htgateway.web.hit.Replay} for the exact request target. When
 * {@link io.htgateway.web.hit.Hits} recognizes the same target in a later request, that
 * request is a {@link io.htgateway.web.hit.Hit}: {@link io.htgateway.web.hit.HitHandler}
 * answers it before it reaches its endpoint.
 */
@NullMarked
package io.htgateway.web;

import org.jspecify.annotations.NullMarked;
