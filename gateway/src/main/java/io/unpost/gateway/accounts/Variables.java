package io.unpost.gateway.accounts;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts environment variables into values: `${NAME}`, or `${NAME:default}` where it may be unset.
///
/// What comes in is not looked at again, so a variable may hold `${`. In the file, `$${` stands for `${`, and a `${`
/// that is never closed stays as it is.
///
/// @param lookup the value of a variable, null where it is not set
record Variables(Function<String, @Nullable String> lookup) {

    private static final Pattern PLACE = Pattern.compile("\\$\\$\\{|\\$\\{([^}]*)}");
    private static final Pattern VARIABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::(.*))?", Pattern.DOTALL);

    /// @param mistake told what is wrong; then there is no result
    Optional<String> expand(String text, Consumer<String> mistake) {
        var expanded = new StringBuilder();
        Matcher place = PLACE.matcher(text);
        boolean whole = true;
        while (place.find()) {
            String inside = place.group(1);
            Optional<String> value = inside == null ? Optional.of("${") : value(inside, mistake);
            place.appendReplacement(expanded, Matcher.quoteReplacement(value.orElse("")));
            whole &= value.isPresent();
        }
        place.appendTail(expanded);
        return whole ? Optional.of(expanded.toString()) : Optional.empty();
    }

    private Optional<String> value(String inside, Consumer<String> mistake) {
        Matcher variable = VARIABLE.matcher(inside);
        if (!variable.matches()
                || (variable.group(2) != null && variable.group(2).contains("${"))) {
            mistake.accept("holds a ${...} that names no variable; allowed are ${NAME} and ${NAME:default} with a name"
                    + " of letters, digits and _, and $${ for a literal ${");
            return Optional.empty();
        }
        String name = variable.group(1);
        String value = lookup.apply(name);
        if (value == null && variable.group(2) == null) {
            mistake.accept("the environment variable " + name + " is not set; set it, or write ${" + name
                    + ":default} for a default");
        }
        return Optional.ofNullable(value != null ? value : variable.group(2));
    }
}
