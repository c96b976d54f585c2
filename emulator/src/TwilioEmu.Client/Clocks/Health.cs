namespace TwilioEmu;

/// <summary>Whether the emulator serves, and what it is.</summary>
/// <param name="Status"><c>ready</c> or <c>starting</c>; <c>reset</c> from a reset.</param>
/// <param name="Version">The program's; null from a reset.</param>
/// <param name="Clock">Mode of the clock.</param>
/// <param name="Seed">Of SIDs and chances.</param>
public sealed record Health(string Status, string? Version, string Clock, long Seed);
