import java.util.List;
import java.util.Locale;

/// Ratios as bars, beside a line at 1, as SVG. It has a background of its own, for pages light and dark.
record Chart(String title, String one, List<Group> groups) {

    private static final int LEFT = 275;
    private static final int WIDTH = 450;
    private static final int TOP = 96;
    private static final int BAR = 18;
    private static final int GROUP = 62;
    private static final List<String> COLOURS = List.of("#0969da", "#bc4c00");

    /// @param what the figure
    /// @param better which way is better
    record Group(String what, String better, List<Bar> bars) {}

    record Bar(String name, double ratio) {}

    String svg() {
        int height = TOP + groups.size() * GROUP + 12;
        var svg = new StringBuilder();
        add(
                svg,
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 800 %d' width='800' height='%d' role='img'",
                height,
                height);
        add(svg, "  font-family='system-ui, sans-serif' font-size='14' fill='#1f2328'>");
        add(svg, "<title>%s</title>", title);
        add(svg, "<rect width='800' height='%d' rx='6' fill='#f6f8fa'/>", height);
        add(svg, "<text x='20' y='30' font-size='17' font-weight='600'>%s</text>", title);
        legend(svg);
        int line = LEFT + (int) scaled(1);
        add(svg, "<path d='M%d %dV%d' stroke='#1f2328' stroke-dasharray='4 3'/>", line, TOP - 8, height - 10);
        add(svg, "<text x='%d' y='%d' text-anchor='middle' font-size='12'>%s</text>", line, TOP - 13, one);
        for (int group = 0; group < groups.size(); group++) {
            bars(svg, groups.get(group), TOP + group * GROUP);
        }
        add(svg, "</svg>");
        return svg.toString();
    }

    private void legend(StringBuilder svg) {
        List<Bar> bars = groups.getFirst().bars;
        for (int bar = 0; bar < bars.size(); bar++) {
            int x = 20 + bar * 170;
            add(svg, "<rect x='%d' y='44' width='12' height='12' fill='%s'/>", x, COLOURS.get(bar));
            add(svg, "<text x='%d' y='55' font-size='13'>%s</text>", x + 18, bars.get(bar).name);
        }
    }

    private void bars(StringBuilder svg, Group group, int top) {
        add(svg, "<text x='20' y='%d'>%s</text>", top + 15, group.what);
        add(svg, "<text x='20' y='%d' font-size='12' fill='#59636e'>%s</text>", top + 33, group.better);
        for (int bar = 0; bar < group.bars.size(); bar++) {
            double ratio = group.bars.get(bar).ratio;
            int y = top + bar * (BAR + 4);
            double width = scaled(ratio);
            add(
                    svg,
                    "<rect x='%d' y='%d' width='%.1f' height='%d' rx='2' fill='%s' fill-opacity='0.85'/>",
                    LEFT,
                    y,
                    width,
                    BAR,
                    COLOURS.get(bar));
            add(
                    svg,
                    "<text x='%.1f' y='%d' font-size='13' stroke='#f6f8fa' stroke-width='4'"
                            + " paint-order='stroke'>%.2f</text>",
                    LEFT + width + 8,
                    y + 14,
                    ratio);
        }
    }

    private double scaled(double ratio) {
        double greatest = groups.stream()
                .flatMap(group -> group.bars.stream())
                .mapToDouble(Bar::ratio)
                .reduce(1.2, Math::max);
        return WIDTH * ratio / greatest;
    }

    private static void add(StringBuilder svg, String form, Object... values) {
        svg.append(String.format(Locale.ROOT, form, values).replace('\'', '"')).append('\n');
    }
}
