using System.Globalization;
using System.Text;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Console.Control;

/// <summary>Counts of the world, in Prometheus' text form (prometheus.io/docs/instrumenting/exposition_formats).</summary>
internal static class Metrics
{
    public static async Task<ControlAnswer?> GetAsync(ControlRequest request)
    {
        var text = await request.TurnAsync(() => Write(request.World));
        return ControlAnswer.Text("text/plain; version=0.0.4; charset=utf-8", text);
    }

    private static string Write(World world)
    {
        var text = new StringBuilder();
        Add(text, "twilioemu_journal_entries_total", "counter", "Entries written since the world began.", world.Journal.LastSeq);
        Add(text, "twilioemu_journal_entries", "gauge", "Entries kept.", world.Journal.Count);
        Add(text, "twilioemu_loop_turns_total", "counter", "Turns of the loop.", world.Loop.TurnCount);
        Add(
            text, "twilioemu_clock_seconds", "gauge", "The world's instant, seconds since 1970.",
            world.Clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        Add(text, "twilioemu_clock_timers", "gauge", "Timers waiting.", world.Clock.TimerCount);
        Add(text, "twilioemu_clock_holds", "gauge", "What virtual time waits for.", world.Clock.OpenHolds.Count);
        Head(text, "twilioemu_store_records", "gauge", "Records kept, over all accounts.");
        foreach (var table in world.Store.Counts().GroupBy(c => Label(c.Table), c => c.Count).OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"twilioemu_store_records{{table=\"{table.Key}\"}} {table.Sum()}\n");
        }
        return text.ToString();
    }

    /// <summary>Tables of one kind under one label: a label for every parent, or every address, would be without bound.</summary>
    private static string Label(string table) => string.Join('/', table.Split('/').Select(s => IsName(s) ? "*" : s));

    private static bool IsName(string segment) =>
        segment.Contains('@', StringComparison.Ordinal) || SidMint.IsSid(segment);

    private static void Add(StringBuilder text, string name, string type, string help, double value)
    {
        Head(text, name, type, help);
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');
}
