/**
 * What clients see: responses and problems.
 * <p>
 * The result of an endpoint becomes a {@link io.htgateway.web.reply.Reply}, which
 * {@link io.htgateway.web.ResponseWriter} sends and remembers as a
 * {@link io.htgateway.web.hit.Replay} for the exact request target. A request that
 * {@link io.htgateway.web.hit.Hits} finds to be the same again is a
 * {@link io.htgateway.web.hit.Hit}, answered by {@link io.htgateway.web.hit.HitHandler}
 * before its endpoint.
 */
@NullMarked
package io.htgateway.web;

import org.jspecify.annotations.NullMarked;
