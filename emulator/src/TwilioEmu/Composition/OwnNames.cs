namespace TwilioEmu.Composition;

/// <summary>Where the API's own name leads when an app names it: here.</summary>
/// <remarks>
/// Apps make URLs of the <c>uri</c> that a resource tells, at <c>https://api.twilio.com</c>: a recording to be played, a picture to be
/// sent on. Only the emulator has them. A user who has given the name a place of their own keeps it.
/// </remarks>
internal static class OwnNames
{
    private static readonly string[] Origins = ["https://api.twilio.com", "http://api.twilio.com"];

    /// <param name="told">Public names of the user's.</param>
    /// <param name="publicUrl">Where the emulator is reached.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> told, string publicUrl)
    {
        var all = new Dictionary<string, string>(told, StringComparer.OrdinalIgnoreCase);
        foreach (var origin in Origins) all.TryAdd(origin, publicUrl);
        return all;
    }
}
