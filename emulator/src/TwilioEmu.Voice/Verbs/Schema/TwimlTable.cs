using System.Collections.Frozen;

namespace TwilioEmu.Voice.Verbs.Schema;

/// <summary>
/// Every attribute of every verb and noun that is run here (schema): what
/// readers ask, what <c>docs/twiml.md</c> and the tests are made from.
/// </summary>
/// <remarks>Codes and their levels: error dictionary 12200 to 16113. Pages as each element names its own, all below twilio.com/docs/voice/twiml.</remarks>
internal static class TwimlTable
{
    public static IReadOnlyList<ElementRows> All { get; } = [.. CallRows.All, .. DialRows.All, .. AsideRows.All, .. PayRows.All, .. SsmlRows.All];

    /// <summary>
    /// Elements that hold other elements or nothing: text in them is 12200.
    /// Response and Gather look at theirs in the order of their children.
    /// </summary>
    public static FrozenSet<string> WithoutText { get; } = new[]
    {
        "Pause", "Hangup", "Leave", "Reject", "Echo", "Record", "Parameter", "Start", "Stop", "Recording", "Transcription", "Config",
        "Refer", "Pay", "Prompt", "break",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, FrozenDictionary<string, AttributeRow>> ByPlace =
        All.ToFrozenDictionary(e => e.Place, e => e.Rows.ToFrozenDictionary(r => r.Name, StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The attributes of an element, by name.</summary>
    public static FrozenDictionary<string, AttributeRow> Of(string place) => ByPlace[place];
}
