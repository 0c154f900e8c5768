package org.spdbook.kernel.install;

import java.nio.file.Path;
import java.util.List;

/**
 * What is to be installed where.
 *
 * @param data folder of Jupyter
 * @param name of the kernelspec
 * @param displayName what people see
 * @param jdk that runs the kernel
 * @param options of the JVM that the user gave
 * @param archive whether the start is made faster by an {@link Archive}
 */
record Order(Path data, String name, String displayName, Jdk jdk, List<String> options, boolean archive) {

    Order {
        options = List.copyOf(options);
    }

    /** Folder of the kernelspec. */
    Path folder() {
        return data.resolve("kernels").resolve(name);
    }
}
