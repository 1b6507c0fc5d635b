package io.unpost.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeletableTest {

    private static final Deletable POSTS = new Deletable(Kind.POSTS, Pattern.compile("[0-9]{1,19}"), "1 to 19 digits");

    @ParameterizedTest
    @ValueSource(strings = {"", "1\n", "\n1", "1 ", "1a", "../1", "\u0661", "12345678901234567890"})
    void wholeIdMustFit(String id) {
        assertThat(POSTS.accepts(id)).isFalse();
    }

    @Test
    void kindIsGoneForEveryoneAndGrantedUnderItsOwnName() {
        assertThat(POSTS.accepts("9223372036854775807")).isTrue();
        assertThat(POSTS.visibility()).isEqualTo(Deletable.Visibility.EVERYONE);
        assertThat(POSTS.grantedAs()).isEqualTo(Kind.POSTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Posts", "1a", "-a", "a/b", "a b", "a\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void kindOfAnotherFormIsRefused(String name) {
        assertThatThrownBy(() -> new Kind(name)).isInstanceOf(IllegalArgumentException.class);
    }
}
