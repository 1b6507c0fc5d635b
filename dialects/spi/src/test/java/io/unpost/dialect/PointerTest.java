package io.unpost.dialect;

import static org.assertj.core.api.Assertions.assertThat;

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

            assertThat(pointer.segments()).hasSize(2);
            assertThat(pointer.segments()[1].index()).isEqualTo(i);
        }
    }
}
