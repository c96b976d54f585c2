using System.Globalization;

namespace TwilioEmu.Bench.Driving;

/// <summary>A row of figures drawn as text, a column a figure, as tables of the bench's README show it.</summary>
internal static class TextPlot
{
    private const int Height = 8;

    // Eighths of a cell, from below.
    private const string Eighths = " ▁▂▃▄▅▆▇█";

    /// <summary>Lines from the top; the axis begins at zero, and its end is the largest figure.</summary>
    /// <param name="title">What is drawn, with its unit.</param>
    /// <param name="figures">None is negative; none at all draws the title alone.</param>
    public static IEnumerable<string> Draw(string title, IReadOnlyList<double> figures)
    {
        yield return title;
        if (figures.Count == 0) yield break;
        var top = Math.Max(figures.Max(), double.Epsilon);
        for (var row = Height - 1; row >= 0; row--)
        {
            var cells = figures.Select(f => Eighths[(int)Math.Clamp(Math.Round(((f / top * Height) - row) * 8), 0, 8)]);
            var mark = row == Height - 1 ? top.ToString("0", CultureInfo.InvariantCulture) : row == 0 ? "0" : "";
            yield return $"{mark,8} │{string.Concat(cells)}";
        }
    }
}
