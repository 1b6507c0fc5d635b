import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Figures of one kind, one of each round.
record Series(List<Double> figures) {

    Series {
        figures = List.copyOf(figures);
    }

    static <T> Series of(List<T> rounds, ToDoubleFunction<T> figure) {
        return new Series(rounds.stream().mapToDouble(figure).boxed().toList());
    }

    /// Round by round: what disturbs a round disturbs both of its figures.
    Series over(Series other) {
        return new Series(IntStream.range(0, figures.size())
                .mapToObj(round -> figures.get(round) / other.figures.get(round))
                .toList());
    }

    double median() {
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// The median, and the least and the greatest where there are several.
    String text() {
        String median = text(median());
        if (figures.size() == 1) {
            return median;
        }
        List<Double> sorted = figures.stream().sorted().toList();
        return median + " (" + text(sorted.getFirst()) + "–" + text(sorted.getLast()) + ")";
    }

    private static String text(double figure) {
        String form = figure >= 100 ? "%,.0f" : figure >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, form, figure);
    }
}
