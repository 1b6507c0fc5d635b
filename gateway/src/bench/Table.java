import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What was measured of two, side by side with the ratio of the second to the first.
record Table(String title, String first, String second, List<Row> rows) {

    /// @param what the figure, with its unit
    record Row(String what, Series first, Series second) {

        Series ratio() {
            return second.over(first);
        }
    }

    /// @param what the beginning of a row's name
    double ratio(String what) {
        return rows.stream()
                .filter(row -> row.what.startsWith(what))
                .findFirst()
                .orElseThrow()
                .ratio()
                .median();
    }

    String markdown() {
        return "| " + title + " | " + first + " | " + second + " | ratio |\n|---|--:|--:|--:|\n"
                + lines().stream()
                        .map(line -> "| " + String.join(" | ", line) + " |\n")
                        .collect(Collectors.joining());
    }

    /// For a terminal: columns of equal width.
    String text() {
        var all = new ArrayList<List<String>>();
        all.add(List.of(title, first, second, "ratio"));
        all.addAll(lines());
        List<Integer> widths = IntStream.range(0, 4)
                .mapToObj(column -> all.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .toList();
        return all.stream().map(line -> padded(line, widths)).collect(Collectors.joining());
    }

    private List<List<String>> lines() {
        return rows.stream()
                .map(row -> List.of(
                        row.what,
                        row.first.text(),
                        row.second.text(),
                        row.ratio().text()))
                .toList();
    }

    private static String padded(List<String> line, List<Integer> widths) {
        return IntStream.range(0, 4)
                .mapToObj(column -> {
                    String space =
                            " ".repeat(widths.get(column) - line.get(column).length());
                    return column == 0 ? line.get(column) + space : space + line.get(column);
                })
                .collect(Collectors.joining("   ", "", "\n"));
    }
}
