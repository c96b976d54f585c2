using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TwilioEmu.Kernel.Ids;

namespace TwilioEmu.Kernel.Journal;

/// <summary>One thing that happened in the world.</summary>
/// <param name="Seq">1, 2, 3, ... without gaps.</param>
/// <param name="At">The world's instant, UTC.</param>
/// <param name="Account">Whose it is, or <see cref="AccountSid.None"/>.</param>
/// <param name="Kind">Dotted words, past tense where it is an event: <c>message.queued</c>, <c>webhook.answered</c>.</param>
/// <param name="Subject">What it happened to: a SID, a phone number, a path.</param>
/// <param name="Cause">The <see cref="Seq"/> of the entry this one follows from, or 0.</param>
/// <param name="Data">The particulars, or null.</param>
public sealed record Entry(long Seq, DateTimeOffset At, AccountSid Account, string Kind, string Subject, long Cause, IEntryData? Data)
{
    // The particulars, or where they are written down.
    private object? _told = Data;

    /// <summary>
    /// One that was packed: its particulars are as they were, or a <see cref="PackedData"/> that is read when somebody asks.
    /// </summary>
    internal Entry(in EntryRow row, AccountSid account, string kind, string subject, object? told, Renderings? renderings)
        : this(row.Seq, new DateTimeOffset(row.Ticks, TimeSpan.Zero), account, kind, subject, row.Cause, null) =>
        (_told, Generation, Depth, Load, Renderings) = (told, row.Generation, row.Depth, row.Load, renderings);

    /// <summary>The particulars, or null.</summary>
    public IEntryData? Data
    {
        get
        {
            if (_told is PackedData packed) _told = packed.Read();
            return (IEntryData?)_told;
        }
        init => _told = value;
    }

    /// <summary>How many resources were made before it, each by the one before and nothing of it from outside. Not shown.</summary>
    internal int Generation { get; init; }

    /// <summary>How much of the journal's room it takes: one, or more where it is long. Not shown.</summary>
    internal int Load { get; init; } = 1;

    /// <summary>How many entries of the same instant it follows from, one from the other. Not shown.</summary>
    internal int Depth { get; init; }

    /// <summary>How journal JSON is spelt: <c>+14155550199</c> as such and not as <c>\u002B</c>, because people read it.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Where what was rendered lately is kept; null for an entry of no journal. Not shown.</summary>
    internal Renderings? Renderings { get; init; }

    /// <summary>The entry as JSON, made once for all who look at about the same time.</summary>
    public Rendering Render() => Renderings?.Of(this) ?? new Rendering(this);

    /// <summary>Writes the entry as one JSON object.</summary>
    public void WriteTo(Utf8JsonWriter json) => json.WriteRawValue(Render().Utf8.Span, skipInputValidation: true);

    /// <summary>The entry as one line of JSON, without the line's end.</summary>
    public string ToJson() => Encoding.UTF8.GetString(Render().Utf8.Span);
}
