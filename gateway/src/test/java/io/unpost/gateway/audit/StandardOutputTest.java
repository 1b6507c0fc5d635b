package io.unpost.gateway.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StandardOutputTest {

    /// A disk with room for so many bytes, which writes what fits.
    private static final class Disk extends ByteArrayOutputStream {

        private final List<Integer> writes = new ArrayList<>();
        private int room;

        private Disk(int room) {
            this.room = room;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            writes.add(bytes.length);
            int fits = Math.min(bytes.length, room);
            write(bytes, 0, fits);
            room -= fits;
            if (fits < bytes.length) {
                throw new IOException("No space left on device");
            }
        }
    }

    @Test
    void lineIsOneWrite() throws IOException {
        var disk = new Disk(100);
        var log = new StandardOutput(disk);
        log.write("one");
        log.write("two");

        assertThat(disk.toString(US_ASCII)).isEqualTo("one\ntwo\n");
        assertThat(disk.writes).containsExactly(4, 4);
    }

    @Test
    void lineThatAFullDiskCutShortStaysOnALineOfItsOwn() throws IOException {
        var disk = new Disk(6);
        var log = new StandardOutput(disk);
        log.write("one");

        assertThatThrownBy(() -> log.write("two")).hasMessage("No space left on device");
        disk.room = 100;
        log.write("three");
        log.write("four");

        assertThat(disk.toString(US_ASCII)).isEqualTo("one\ntw\nthree\nfour\n");
    }
}
