using System.Text.Json;
using TwilioEmu.Kernel.Keeping;
using TwilioEmu.Kernel.Serialization;
using TwilioEmu.Kernel.Store;

namespace TwilioEmu.Durable.Lines;

/// <summary>A world as JSON lines: what is carried to another machine, or from one version to another.</summary>
/// <remarks>
/// <code>
/// {"world":{"format":1,"seed":1,"at":"...","last_seq":9}}
/// {"record":{"table":"messages","account":"AC...","form":"message","arrived":4,"settled_seq":9,"settled_at":"...","members":{...}}}
/// in the order they came {"entry":{...}} as the control API shows it {"part":{"name":"queue/...","packed":"base64"}}
/// what rooms keep beside records {"end":{"lines":7}} of all before it
/// </code>
/// </remarks>
public static class WorldLines
{
    internal const int Format = 1;

    // Bytes that come together before they are handed on.
    private const int FlushAt = 64 * 1024;

    /// <summary>Writes a world.</summary>
    public static async Task WriteAsync(SavedWorld world, Stream to, CancellationToken cancellation)
    {
        var lines = new LineBuffer();
        lines.Add("world", json =>
        {
            json.WriteNumber("format", Format);
            json.WriteNumber("seed", world.Seed);
            json.WriteString("at", world.At.UtcDateTime);
            json.WriteNumber("last_seq", world.LastSeq);
        });
        foreach (var row in world.Rows)
        {
            lines.Add("record", json => Write(row, json));
            if (lines.Count >= FlushAt) await lines.FlushAsync(to, cancellation).ConfigureAwait(false);
        }
        foreach (var entry in world.Entries)
        {
            lines.Add("entry", entry);
            if (lines.Count >= FlushAt) await lines.FlushAsync(to, cancellation).ConfigureAwait(false);
        }
        foreach (var (name, part) in world.Parts.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            lines.Add("part", json =>
            {
                json.WriteString("name", name);
                json.WriteBase64String("packed", part);
            });
            if (lines.Count >= FlushAt) await lines.FlushAsync(to, cancellation).ConfigureAwait(false);
        }
        var count = lines.LineCount;
        lines.Add("end", json => json.WriteNumber("lines", count));
        await lines.FlushAsync(to, cancellation).ConfigureAwait(false);
    }

    /// <summary>Reads one, whole.</summary>
    /// <param name="from">UTF-8.</param>
    /// <param name="forms">Every form of record there is.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="InvalidDataException">They are no world's, or not all of them; the message names the line.</exception>
    public static async Task<SavedWorld> ReadAsync(Stream from, RecordForms forms, CancellationToken cancellation)
    {
        var (cutter, lines) = (new LineCutter(from), new LinesRead(forms));
        while (await cutter.NextAsync(cancellation).ConfigureAwait(false) is { } line) lines.Add(line);
        return lines.End();
    }

    private static void Write(SavedRow row, Utf8JsonWriter json)
    {
        json.WriteString("table", row.Table);
        json.WriteString("account", row.Account.ToString());
        json.WriteString("form", row.Form.Name);
        json.WriteNumber("arrived", row.Place.Arrived);
        json.WriteNumber("settled_seq", row.Place.SettledSeq);
        json.WriteString("settled_at", row.Place.SettledAt.UtcDateTime);
        json.WriteStartObject("members");
        row.Form.Write(row.Record, new JsonMembersWriter(json));
        json.WriteEndObject();
    }
}
