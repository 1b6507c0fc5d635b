package io.unpost.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final List<Option> OFFERED =
            List.of(new Option("format", List.of("json", "xml")), new Option("method", List.of("post", "delete")));

    @Test
    void firstValueIsTheDefault() {
        assertThat(Options.defaultsOf(OFFERED).values()).isEqualTo(Map.of("format", "json", "method", "post"));
        assertThat(Options.defaultsOf(List.of()).values()).isEmpty();
    }

    @Test
    void choiceIsTakenAndTheRestStaysAtItsDefault() {
        Options options = Options.chosen(OFFERED, Map.of("format", "xml"));
        assertThat(options.get("format")).isEqualTo("xml");
        assertThat(options.get("method")).isEqualTo("post");
    }

    @Test
    void valueThatIsNotOfferedIsRefused() {
        assertThatThrownBy(() -> Options.chosen(OFFERED, Map.of("format", "yaml")))
                .hasMessage("format is one of [json, xml]");
    }

    @Test
    void unknownOptionIsRefused() {
        assertThatThrownBy(() -> Options.chosen(OFFERED, Map.of("colour", "red")))
                .hasMessage("the options are [format, method]");
        assertThatThrownBy(() -> Options.defaultsOf(OFFERED).get("colour")).hasMessage("no option colour");
    }

    @Test
    void optionWithoutValuesIsRefused() {
        assertThatThrownBy(() -> new Option("format", List.of())).hasMessage("the option format has no values");
    }
}
