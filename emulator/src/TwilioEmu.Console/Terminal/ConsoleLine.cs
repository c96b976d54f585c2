using TwilioEmu.Scenarios.Matching;

namespace TwilioEmu.Console.Terminal;

/// <summary>How a line is meant.</summary>
internal enum ConsoleTone
{
    Info,
    Warning,
    Error,
}

/// <summary>One event in words.</summary>
/// <param name="Tone">How it is meant.</param>
/// <param name="Text">Without time and line's end; SIDs shortened.</param>
/// <param name="Entry">The journal's entry it tells.</param>
internal sealed record ConsoleLine(ConsoleTone Tone, string Text, JournalLine Entry)
{
    /// <summary>Where the web UI shows it, from the root of our address; null where all is well and nobody needs to look.</summary>
    public string? See { get; init; }
}
