using System.Globalization;
using System.Text.Json;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Voice.Conferences;

namespace TwilioEmu.Voice.Insights;

/// <summary>A call's stay in a conference, as the journal tells it: from its joining to its leaving.</summary>
/// <param name="Entry">Of the joining.</param>
internal sealed record Stay(Entry Entry, string ConferenceSid, string? Label, bool IsModerator, bool EntersMuted, int Size)
{
    /// <summary>Null while it is in.</summary>
    public DateTimeOffset? Left { get; set; }

    /// <summary>Calls it coached, in order, each once.</summary>
    public List<string> Coached { get; } = [];

    /// <summary>What was done to it meanwhile: <c>mute</c>, <c>hold</c>, and when.</summary>
    public List<(string What, DateTimeOffset At)> Events { get; } = [];

    public string CallSid => Entry.Subject;

    /// <summary>As <c>jitterBufferSize</c> has it.</summary>
    public string JitterBuffer { get; init; } = JitterBuffers.Usual;

    /// <summary>One for each stay: a call that comes back is another participant.</summary>
    public string Sid => $"CP{CallSid.AsSpan(2, 16)}{Entry.Seq.ToString("x16", CultureInfo.InvariantCulture)}";

    internal bool IsMuted { get; set; } = EntersMuted;

    internal bool IsHeld { get; set; }
}

/// <summary>Who was in the conferences of an account. Lasts as long as the journal keeps it.</summary>
internal static class Attendance
{
    /// <summary>The stays by conference, in the order of their joining.</summary>
    public static ILookup<string, Stay> Read(WorldJournal journal, AccountSid account)
    {
        var stays = new List<Stay>();
        var open = new Dictionary<(string Conference, string Call), Stay>();
        var told = new[] { ConferenceEntries.Joined, ConferenceEntries.Changed, ConferenceEntries.Left }
            .SelectMany(k => journal.After(0, new Selection(k.Name, Account: account)))
            .OrderBy(e => e.Seq);
        foreach (var entry in told)
        {
            var data = entry.Render().Data;
            if (Text(data, "conference_sid") is not { } conference) continue;
            var key = (conference, entry.Subject);
            if (entry.Kind == ConferenceEntries.Joined.Name)
            {
                var stay = new Stay(
                    entry, conference, Text(data, "label"), Is(data, "moderator"), Is(data, "muted"),
                    data.TryGetProperty("size", out var size) ? size.GetInt32() : 0)
                {
                    JitterBuffer = Text(data, "jitter_buffer") ?? JitterBuffers.Usual,
                };
                stays.Add(open[key] = stay);
                Change(stay, data, entry.At);
            }
            else if (open.TryGetValue(key, out var stay))
            {
                if (entry.Kind == ConferenceEntries.Changed.Name) Change(stay, data, entry.At);
                else if (open.Remove(key)) stay.Left = entry.At;
            }
        }
        return stays.ToLookup(s => s.ConferenceSid, StringComparer.Ordinal);
    }

    private static void Change(Stay stay, JsonElement data, DateTimeOffset at)
    {
        if (Text(data, "coaching") is { } coached && !stay.Coached.Contains(coached)) stay.Coached.Add(coached);
        var (isMuted, isHeld) = (Is(data, "muted"), Is(data, "hold"));
        if (isMuted != stay.IsMuted) stay.Events.Add((isMuted ? "mute" : "unmute", at));
        if (isHeld != stay.IsHeld) stay.Events.Add((isHeld ? "hold" : "unhold", at));
        (stay.IsMuted, stay.IsHeld) = (isMuted, isHeld);
    }

    private static string? Text(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Is(JsonElement data, string name) =>
        data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}
