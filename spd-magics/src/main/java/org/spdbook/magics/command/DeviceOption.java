package org.spdbook.magics.command;

import picocli.CommandLine;

/** What a model computes on. */
final class DeviceOption {

    @CommandLine.Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, gpu or gpu(1) (${DEFAULT-VALUE})")
    private String device = "";

    /** As typed. */
    String word() {
        return device;
    }
}
