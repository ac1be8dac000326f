package fathom.chart;

/** On which ground a chart is drawn. */
public enum Theme {
    /** Light, or dark where the reader prefers dark ({@code prefers-color-scheme}). */
    AUTO,
    LIGHT,
    DARK
}
