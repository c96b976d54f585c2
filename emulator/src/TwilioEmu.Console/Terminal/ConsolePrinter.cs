using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Console.Terminal;

/// <summary>Prints lines, folds repeats, colours what is a warning or an error. Used by one thread at a time.</summary>
/// <param name="writer">Where to.</param>
/// <param name="settings">How.</param>
/// <param name="wall">Real time: a repeat is folded for as long as a reader takes to read it.</param>
internal sealed class ConsolePrinter(TextWriter writer, ConsoleSettings settings, TimeProvider wall) : ILinePrinter
{
    /// <summary>
    /// Lines alike that are printed before the rest of them is counted; of lines that are the same letter for letter, one.
    /// </summary>
    public const int MaxAlike = 3;

    /// <summary>How long repeats are gathered before their number is told.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private const string Reset = "\e[0m";
    private const string Yellow = "\e[33m";
    private const string Red = "\e[31m";
    private const string Dim = "\e[2m";

    private readonly Dictionary<string, Repeats> _open = [];

    /// <summary>The same, in the order in which they began: whose time is over stands before all others.</summary>
    private readonly Queue<(string Key, Repeats Repeats)> _byAge = [];

    /// <summary>Prints a line, or counts it.</summary>
    public void Print(ConsoleLine line)
    {
        if (settings.Detail == ConsoleDetail.Quiet && line.Tone == ConsoleTone.Info) return;
        var key = Wording.WithoutSids(line.Text);
        if (settings.Detail != ConsoleDetail.All && !IsFirst(key, line)) return;
        Write(line.Tone, line.Entry.At, line.Text, line.Entry, see: line.See);
    }

    /// <summary>Says something that is no entry of the journal.</summary>
    public void Say(string text, DateTimeOffset at, bool isWarning) =>
        Write(isWarning ? ConsoleTone.Warning : ConsoleTone.Info, at, text, null);

    /// <summary>Tells the numbers of what was folded long enough ago; all of them when <paramref name="isEnd"/>.</summary>
    public void Tick(bool isEnd)
    {
        if (_open.Count == 0) return;
        var now = wall.GetTimestamp();
        while (_byAge.TryPeek(out var oldest) && (isEnd || wall.GetElapsedTime(oldest.Repeats.Since, now) >= Window))
        {
            var (key, repeats) = _byAge.Dequeue();
            _open.Remove(key);
            if (repeats.Folded == 0) continue;
            Write(
                repeats.Last.Tone, repeats.Last.Entry.At,
                string.Create(CultureInfo.InvariantCulture, $"  {repeats.Folded} more like it: {key.Trim()}"), repeats.Last.Entry,
                repeats.Folded);
        }
        writer.Flush();
    }

    /// <summary>Hands on what was printed.</summary>
    public void Flush() => writer.Flush();

    private bool IsFirst(string key, ConsoleLine line)
    {
        if (!_open.TryGetValue(key, out var repeats))
        {
            _open[key] = repeats = new Repeats { Since = wall.GetTimestamp(), Last = line };
            _byAge.Enqueue((key, repeats));
        }
        repeats.Last = line;
        if (repeats.Printed < (key == line.Text ? 1 : MaxAlike))
        {
            repeats.Printed++;
            return true;
        }
        repeats.Folded++;
        return false;
    }

    private void Write(ConsoleTone tone, DateTimeOffset at, string text, JournalLine? entry, int repeated = 0, string? see = null)
    {
        var link = see is null || settings.PageOrigin is null ? null : settings.PageOrigin + see;
        if (settings.Format == ConsoleFormat.Json)
        {
            writer.WriteLine(Json(tone, at, text, entry?.ToElement(), repeated, link));
            return;
        }
        var time = TimeZoneInfo.ConvertTime(at, settings.Zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        if (!settings.IsColoured) writer.WriteLine($"{time} {text}{(link is null ? "" : $"  see {link}")}");
        else writer.WriteLine($"{Dim}{time}{Reset} {ColourOf(tone)}{text}{Reset}{(link is null ? "" : $"  {Dim}see {link}{Reset}")}");
    }

    private static string ColourOf(ConsoleTone tone) => tone switch
    {
        ConsoleTone.Warning => Yellow,
        ConsoleTone.Error => Red,
        _ => "",
    };

    /// <summary>One line of <c>--log-format json</c>.</summary>
    public static string Json(ConsoleTone tone, DateTimeOffset at, string text, JsonElement? entry, int repeated, string? see = null)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Entry.Options))
        {
            json.WriteStartObject();
            json.WriteString("level", tone switch { ConsoleTone.Error => "error", ConsoleTone.Warning => "warning", _ => "info" });
            json.WriteString("at", at.UtcDateTime);
            json.WriteString("line", text.Trim());
            if (repeated > 0) json.WriteNumber("repeated", repeated);
            if (see is not null) json.WriteString("see", see);
            if (entry is { } told)
            {
                json.WritePropertyName("entry");
                told.WriteTo(json);
            }
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private sealed class Repeats
    {
        public required long Since { get; init; }

        public required ConsoleLine Last { get; set; }

        public int Printed { get; set; }

        public int Folded { get; set; }
    }
}
