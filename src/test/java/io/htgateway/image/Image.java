package io.htgateway.image;

import java.nio.file.Path;

import org.testcontainers.images.builder.ImageFromDockerfile;

/**
 * The image under test: that of the Dockerfile, built once, or with
 * {@code -Dtest.image=name} one that is there.
 */
final class Image {

	private static final String NAME = System.getProperty("test.image", "");

	private Image() {
	}

	static String name() {
		return NAME.isEmpty() ? Built.NAME : NAME;
	}

	private static final class Built {

		private static final String NAME = new ImageFromDockerfile("hypertracker-gateway:test", false)
			.withDockerfile(Path.of("Dockerfile").toAbsolutePath())
			.withBuildImageCmdModifier((build) -> build.withNetworkMode("host"))
			.get();

	}

}
