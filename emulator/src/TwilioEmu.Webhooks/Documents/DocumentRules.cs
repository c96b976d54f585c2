using TwilioEmu.Webhooks.Alerts;

namespace TwilioEmu.Webhooks.Documents;

/// <summary>What sets one product's documents apart from another's, as data: the exchange with the app is the same for all.</summary>
public sealed record DocumentRules
{
    /// <summary>Where a chain of documents is cut.</summary>
    public required DocumentBound Bound { get; init; }

    /// <summary>Ends the words that refuse a sound file (12300); null where one is an answer.</summary>
    public string? SoundRefusal { get; init; }

    /// <summary>TwiML that came as <c>text/plain</c> is run, and not taken as words.</summary>
    public bool RunsPlainTwiml { get; init; }

    /// <summary>
    /// Words without markup under a type of TwiML (<c>OK</c>, <c>Created</c>)
    /// are passed over with a warning (12200) and no fallback; else a fault.
    /// </summary>
    public bool PassesOverWords { get; init; }

    /// <summary>The fallback URL is asked once in a chain; else whenever a document fails that did not come from it.</summary>
    public bool FallsBackOnce { get; init; }
}

/// <summary>How many documents may follow each other: apps redirect in circles, and virtual time would stand still with them.</summary>
/// <param name="Count">The most.</param>
/// <param name="IsOfAnInstant">Counts anew whenever a document has taken time, not counting the app's to answer.</param>
/// <param name="Code">Of the alert about one more.</param>
/// <param name="Level">Of that alert.</param>
/// <param name="Message">Of that alert.</param>
public sealed record DocumentBound(int Count, bool IsOfAnInstant, int Code, AlertLevel Level, string Message);
