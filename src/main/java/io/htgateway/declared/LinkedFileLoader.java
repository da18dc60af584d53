package io.htgateway.declared;

import java.time.Duration;

import io.htgateway.cache.load.Loader.Loaded;
import io.htgateway.cache.store.CachedResponse;
import io.htgateway.file.FileFormat;
import io.htgateway.file.FileLoader;
import io.htgateway.upstream.UpstreamRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Loads files that the upstream links to or sends itself.
 *
 * @param files loader that follows the links
 * @param format expected format of the files
 */
record LinkedFileLoader(FileLoader files, FileFormat format) implements DeclaredLoader {

	@Override
	public Mono<Loaded> load(UpstreamRequest request, @Nullable CachedResponse previous) {
		return files.load(request, format, previous);
	}

	@Override
	public Duration deadline() {
		return files.deadline();
	}

}
