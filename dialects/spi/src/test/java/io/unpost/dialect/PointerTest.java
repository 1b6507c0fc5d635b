package io.unpost.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class PointerTest {

    @Test
    void pointerIsTakenApartOnce() {
        assertThat(Pointer.of("/user/id_str")).isSameAs(Pointer.of("/user/id_str"));
    }

    @Test
    void eachOfManyPointersIsItself() {
        for (int i = 0; i < 3_000; i++) {
            Pointer pointer = Pointer.of("/errors/" + i);

            assertThat(pointer.index()).isEqualTo(i);
            assertThat(Objects.requireNonNull(pointer.holder()).name())
                    .asString(UTF_8)
                    .isEqualTo("errors");
        }
    }
}
