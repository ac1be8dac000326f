package fathom.chart;

import java.util.ArrayList;
import java.util.List;

/** A block of a network diagram with its size; {@link #draw} puts it below a place. */
sealed interface Part {
    double WIRE = 12;
    double BOX = 25;
    double NOTED_BOX = 37;
    double PADDING = 9;
    double LONGEST = 230;
    double SHORTEST = 110;
    double SIZE = 12;
    double SMALL = 11;
    double GAP = 16;

    double width();

    double height();

    /**
     * @param middle where the wire enters
     * @param top of the block
     */
    void draw(Svg svg, double middle, double top);

    static Part of(Block block) {
        return switch (block) {
            case Block.Box box -> Layer.of(box);
            case Block.Row row ->
                Line.of(row.name(), row.parts().stream().map(Part::of).toList());
            case Block.Fork fork -> Fork.of(fork);
        };
    }

    /** An arrow down. */
    static void wire(Svg svg, double x, double from, double to) {
        if (to > from) {
            svg.path(
                            "wire edge",
                            "M%s %sV%sm-3.5 -4l3.5 4l3.5 -4".formatted(Svg.number(x), Svg.number(from), Svg.number(to)))
                    .end();
        }
    }

    /** One box. */
    record Layer(Block.Box box, double width, double height) implements Part {
        static Layer of(Block.Box box) {
            double shape = Words.width(box.shape(), SMALL);
            double title = Math.max(Words.width(box.title(), SIZE), Words.width(box.note(), SMALL));
            double width = 2 * PADDING + 4 + title + 12 + shape;
            return new Layer(
                    box, Math.clamp(width, SHORTEST, LONGEST), box.note().isBlank() ? BOX : NOTED_BOX);
        }

        @Override
        public void draw(Svg svg, double middle, double top) {
            draw(svg, middle, top, width);
        }

        void draw(Svg svg, double middle, double top, double width) {
            double left = middle - width / 2;
            String more = box.note().isBlank() ? "" : ", " + box.note();
            svg.group("layer").attribute("data-path", box.path());
            svg.title("%s → %s%s%s"
                    .formatted(box.title(), box.shape(), more, box.path().isEmpty() ? "" : " (" + box.path() + ")"));
            svg.rect("panel", left, top, width, height).attribute("rx", 4).end();
            svg.rect("fill k" + colour(box.kind()), left, top, 5, height)
                    .attribute("rx", 2)
                    .end();
            double space = width - 2 * PADDING - 8;
            double title = Words.width(box.title(), SIZE);
            double shapeRoom = Math.min(Words.width(box.shape(), SMALL), Math.max(space / 2, space - title));
            String shown = Words.shortened(box.title(), SIZE, space - shapeRoom);
            svg.words("", left + PADDING + 4, top + 16.5, Svg.Anchor.START, shown, box.title());
            String shape = Words.shortened(box.shape(), SMALL, shapeRoom + 1);
            svg.words("small dim", left + width - PADDING, top + 16.5, Svg.Anchor.END, shape, box.shape());
            if (!box.note().isBlank()) {
                String note = Words.shortened(box.note(), SMALL, width - 2 * PADDING);
                svg.words("small dim", left + PADDING + 4, top + 30, Svg.Anchor.START, note, box.note());
            }
            svg.end();
        }

        private static int colour(Block.Kind kind) {
            return switch (kind) {
                case CONVOLUTION -> 0;
                case DENSE -> 3;
                case NORM -> 4;
                case ACTIVATION -> 1;
                case POOL -> 2;
                case DROPOUT -> 6;
                case RECURRENT -> 8;
                case SHAPE -> 9;
                case OTHER -> 5;
            };
        }
    }

    /** One after the other, boxes as wide as the widest of them; with a frame where it has a name. */
    record Line(String name, List<Part> parts, double width, double height) implements Part {
        private static final double FRAME = 10;
        private static final double NAME = 20;

        static Line of(String name, List<Part> parts) {
            double frame = name.isBlank() ? 0 : FRAME;
            double inner = parts.stream().mapToDouble(Part::width).max().orElse(name.isBlank() ? 24 : 60);
            double tall = parts.stream().mapToDouble(Part::height).sum() + WIRE * Math.max(0, parts.size() - 1);
            return new Line(name, parts, inner + 2 * frame, tall + (name.isBlank() ? 0 : NAME + FRAME));
        }

        @Override
        public void draw(Svg svg, double middle, double top) {
            boolean framed = !name.isBlank();
            double inner = framed ? width - 2 * FRAME : width;
            double y = top;
            if (framed) {
                svg.rect("edge frame", middle - width / 2, top, width, height)
                        .attribute("rx", 6)
                        .end();
                String shown = Words.shortened(name, SMALL, inner);
                svg.words("small dim", middle - width / 2 + FRAME, top + 14, Svg.Anchor.START, shown, name);
                y += NAME;
            }
            for (int i = 0; i < parts.size(); i++) {
                Part part = parts.get(i);
                double from = i == 0 ? top : y;
                y += i == 0 ? 0 : WIRE;
                if (part instanceof Fork) {
                    svg.line("wire edge", middle, from, middle, y);
                } else {
                    wire(svg, middle, from, y);
                }
                if (part instanceof Layer layer) {
                    layer.draw(svg, middle, y, boxWidth());
                } else {
                    part.draw(svg, middle, y);
                }
                y += part.height();
            }
            svg.line("wire edge", middle, y, middle, top + height);
        }

        private double boxWidth() {
            return parts.stream()
                    .filter(part -> part instanceof Layer)
                    .mapToDouble(Part::width)
                    .max()
                    .orElse(0);
        }
    }

    /** Side by side, from one wire to a join. */
    record Fork(Block.Fork fork, List<Part> branches, double width, double height) implements Part {
        private static final double BEND = 14;
        private static final double JOIN = 22;

        static Fork of(Block.Fork fork) {
            var branches = new ArrayList<Part>();
            fork.branches().forEach(branch -> branches.add(Part.of(branch)));
            double across = branches.stream().mapToDouble(Part::width).sum() + GAP * (branches.size() - 1);
            double tallest = branches.stream().mapToDouble(Part::height).max().orElse(0);
            double least = Words.width(joinText(fork), SMALL) + 2 * PADDING;
            return new Fork(fork, branches, Math.max(across, least), tallest + 2 * (BEND + WIRE) + JOIN);
        }

        private static String joinText(Block.Fork fork) {
            String word = fork.join() == Block.Join.ADD ? "+" : "concatenate";
            return word + " " + fork.shape();
        }

        @Override
        public void draw(Svg svg, double middle, double top) {
            double bottom = top + height - JOIN;
            double inner = branches.stream().mapToDouble(Part::width).sum() + GAP * (branches.size() - 1);
            double left = middle - inner / 2;
            double tallest = branches.stream().mapToDouble(Part::height).max().orElse(0);
            double first = left + branches.getFirst().width() / 2;
            double last = left + inner - branches.getLast().width() / 2;
            svg.line("wire edge", middle, top, middle, top + BEND);
            svg.line("wire edge", Math.min(first, middle), top + BEND, Math.max(last, middle), top + BEND);
            double low = bottom - BEND;
            for (Part branch : branches) {
                double x = left + branch.width() / 2;
                drawBranch(svg, branch, x, top + BEND, tallest, low);
                left += branch.width() + GAP;
            }
            svg.line("wire edge", Math.min(first, middle), low, Math.max(last, middle), low);
            wire(svg, middle, low, bottom);
            drawJoin(svg, middle, bottom);
        }

        private static void drawBranch(Svg svg, Part branch, double x, double top, double tallest, double low) {
            if (branch.height() == 0) {
                svg.line("wire edge", x, top, x, low);
                return;
            }
            double start = top + WIRE + (tallest - branch.height()) / 2;
            wire(svg, x, top, start);
            branch.draw(svg, x, start);
            svg.line("wire edge", x, start + branch.height(), x, low);
        }

        private void drawJoin(Svg svg, double middle, double top) {
            double wide = Words.width(joinText(fork), SMALL) + 2 * PADDING;
            svg.group("join").attribute("data-path", fork.path());
            svg.rect("panel", middle - wide / 2, top, wide, JOIN)
                    .attribute("rx", JOIN / 2)
                    .end();
            svg.words("small", middle, top + 15, Svg.Anchor.MIDDLE, joinText(fork));
            svg.end();
        }
    }
}
