package org.spdbook.twin.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.spdbook.chart.PictureGrid;
import org.spdbook.data.Pixels;
import org.spdbook.experiment.PictureGrids;
import org.spdbook.experiment.TestPictures;
import org.spdbook.experiment.World;
import org.spdbook.train.RandomStream;
import org.spdbook.train.Seeds;

class PictureTest {

    @Test
    void should_give_every_byte_back_when_an_input_is_looked_at() {
        RandomStream random = new Seeds(3).stream("pictures", 0, 0);
        byte[] values = new byte[32 * 32 * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i < 256 ? i : random.nextDouble() * 256);
        }
        Pixels picture = new Pixels(32, 32, Pixels.RGB, values);

        assertThat(VisionInput.picture(VisionInput.of(picture))).isEqualTo(picture);
    }

    @Test
    void should_show_drawings_on_white_when_they_are_transparent() {
        Pixels picture = VisionInput.picture(VisionInput.of(new int[32 * 32 * 4]));

        assertThat(picture.values()).containsOnly((byte) 0xFF);
    }

    @Test
    void should_name_every_class_when_test_pictures_are_asked_for() {
        for (World world : World.all().values()) {
            if (!world.metric().equals("accuracy") || world.classes().isEmpty()) {
                continue; // its pixels have classes, or it has no pictures
            }
            long[] labels = TestPictures.of(world, world.defaultDomain(), 0).labels();
            for (String domain : world.domains()) {
                TestPictures set = TestPictures.of(world, domain, 0);
                if (world.trainable().contains(domain)) {
                    assertThat(set.labels()).as("in every set the same").isEqualTo(labels); // by which classes gain
                }

                assertThat(set.pictures()).hasSameSizeAs(set.labels());
                assertThat(Arrays.stream(set.labels()).distinct().count())
                        .as(world.name() + " " + domain)
                        .isEqualTo(world.classes().size());
            }
        }
    }

    @Test
    void should_show_every_set_and_the_classes_of_the_pixels_when_scenes_are_asked_for() {
        PictureGrid all = PictureGrids.shown(World.named("pascal"), null);
        PictureGrid fog = PictureGrids.shown(World.named("pascal"), "fog");

        assertThat(all.columns()).isEqualTo(6);
        assertThat(all.pictures()).hasSize(4 * 6);
        assertThat(fog.columns()).isEqualTo(2);
        assertThat(fog.pictures().get(1)).isEqualTo(all.pictures().get(5));
        assertThat(fog.pictures().get(0)).isEqualTo(all.pictures().get(1));
    }
}
