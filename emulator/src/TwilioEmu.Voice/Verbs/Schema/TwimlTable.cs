using System.Collections.Frozen;

namespace TwilioEmu.Voice.Verbs.Schema;

/// <summary>
/// Every attribute of every verb and noun that is run here (schema): what
/// readers ask, what <c>docs/twiml.md</c> and the tests are made from.
/// </summary>
/// <remarks>
/// Codes and their levels: error dictionary 12200 to 16113. Pages as each element names its own, all below twilio.com/docs/voice/twiml.
/// </remarks>
internal static class TwimlTable
{
    public static IReadOnlyList<ElementRows> All { get; } =
    [
        .. CallRows.All, .. DialRows.All, .. AsideRows.All, .. PayRows.All, .. SsmlRows.All,
    ];

    private static readonly FrozenDictionary<string, ElementRows> ByPlace = All.ToFrozenDictionary(e => e.Place, StringComparer.Ordinal);

    /// <summary>What is known of an element.</summary>
    /// <exception cref="InvalidOperationException">It has no rows: a fault of its reader.</exception>
    public static ElementRows Of(string place) => ByPlace.TryGetValue(place, out var rows)
        ? rows
        : throw new InvalidOperationException($"<{place}> is read and has no rows: add them to those of Voice/Verbs/Schema");
}
