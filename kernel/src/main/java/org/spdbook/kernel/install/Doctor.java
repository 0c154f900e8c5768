package org.spdbook.kernel.install;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for everything that keeps the kernel from starting or slows it: the machine, Jupyter, each installed kernelspec, and at
 * last the kernel itself, which is started once.
 *
 * @param here the machine
 * @param place data folder of Jupyter to look in beside those where Jupyter looks by itself
 * @param name of the only kernelspec to look at
 * @param start whether the kernel is started
 */
public record Doctor(Surroundings here, Optional<Path> place, Optional<String> name, boolean start) {

    /** Option of the command line: no kernel is started. */
    static final String NO_START = "--no-start";

    private static final String INSTALL = "run: kernel install";

    /** All findings, in the order in which things are used. */
    public List<Finding> findings() {
        List<Finding> all = new ArrayList<>(new MachineCheck(here).findings());
        JupyterCheck jupyter = JupyterCheck.ask(here, place);
        all.addAll(jupyter.findings());
        Map<String, List<Path>> byName = kernels(jupyter.searched());
        if (byName.isEmpty()) {
            all.add(Finding.fail("kernelspec", "none of this kernel where Jupyter looks", INSTALL));
        }
        byName.forEach((kernel, folders) -> {
            all.addAll(shadows(kernel, folders));
            all.addAll(jupyter.unseen(folders.get(0)));
            folders.forEach(folder -> all.addAll(new SpecCheck(folder, here).findings()));
            if (start
                    && all.stream()
                            .noneMatch(one -> one.level() == Finding.Level.FAIL
                                    && one.what().equals(kernel))) {
                all.add(SelfTest.of(folders.get(0)));
            }
        });
        return all;
    }

    /** Folders by the name of the kernel, those of broken kernelspecs with our name among them; the first found wins. */
    private Map<String, List<Path>> kernels(List<Path> searched) {
        Set<Path> places = new LinkedHashSet<>();
        place.ifPresent(places::add);
        places.addAll(searched);
        places.addAll(JupyterFolders.searched(here));
        Map<String, List<Path>> byName = new LinkedHashMap<>();
        for (Path folder : places.stream()
                .map(InstalledSpec::folders)
                .flatMap(List::stream)
                .toList()) {
            String kernel = String.valueOf(folder.getFileName());
            if (name.map(kernel::equals).orElse(true) && isOurs(folder, kernel)) {
                byName.computeIfAbsent(kernel, key -> new ArrayList<>()).add(folder);
            }
        }
        return byName;
    }

    private static boolean isOurs(Path folder, String kernel) {
        try {
            return kernel.equals(KernelSpec.NAME) || InstalledSpec.read(folder).ours();
        } catch (InstallException e) {
            return Files.exists(folder.resolve(Installation.LOGOS.get(0))) && kernel.contains("java");
        }
    }

    private static List<Finding> shadows(String kernel, List<Path> folders) {
        return folders.size() < 2
                ? List.of()
                : List.of(Finding.warn(
                        kernel,
                        "installed " + folders.size() + " times; Jupyter takes " + folders.get(0) + " and never "
                                + String.join(
                                        ", ",
                                        folders.stream()
                                                .skip(1)
                                                .map(Path::toString)
                                                .toList()),
                        "take the others away with: kernel uninstall"));
    }
}
