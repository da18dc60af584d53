package io.htgateway.testing.platform;

import java.util.List;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every {@link SecurityTest} also runs with the variables of Kubernetes.
 */
class SecurityTestsTests {

	private static final JavaClasses CLASSES = ArchConfiguration.withThreadLocalScope(SecurityTestsTests::tests);

	// What tests use is not read: only annotations and superclasses are looked at.
	private static JavaClasses tests(ArchConfiguration configuration) {
		configuration.setResolveMissingDependenciesFromClassPath(false);
		return new ClassFileImporter().withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
			.importPackages("io.htgateway");
	}

	@Test
	void testOfSecurityHasATwinOnKubernetes() {
		List<JavaClass> tests = CLASSES.stream()
			.filter((type) -> type.isAnnotatedWith(SecurityTest.class))
			.filter((type) -> !type.isAnnotation())
			.toList();

		assertThat(tests).hasSizeGreaterThan(15)
			.allSatisfy((test) -> assertThat(test.getAllSubclasses()).as(test.getName())
				.anyMatch((twin) -> twin.isAnnotatedWith(OnKubernetes.class)));
	}

}
