package io.unpost.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.unpost.dialect.CredentialForm.Scheme;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialFormTest {

    @ParameterizedTest
    @ValueSource(strings = {"scheme", "token", "token-secret", "username", "password", "consumer-key", "app-file"})
    void parameterTakesNoKeyOfASchemeAndNoTwin(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new CredentialForm(Scheme.BASIC, List.of("app", name)));
    }

    @Test
    void parameterIsNamedOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> new CredentialForm(Scheme.OAUTH1, List.of("a", "a")));
        assertThat(new CredentialForm(Scheme.OAUTH1, List.of("a", "b")).parameters())
                .containsExactly("a", "b");
    }
}
