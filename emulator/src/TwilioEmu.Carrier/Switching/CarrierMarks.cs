namespace TwilioEmu.Carrier.Switching;

/// <summary>What the carriers on its way say of a call: who sent it on, how far the caller's number was proved.</summary>
/// <param name="ForwardedFrom">The number that was called first (Diversion, RFC
/// 5806), E.164; null where nobody forwarded it or no carrier says so.</param>
/// <param name="StirVerstat">The verdict on the caller's number (SHAKEN/STIR),
/// one of Twilio's words; null where the call was not signed.</param>
public sealed record CarrierMarks(string? ForwardedFrom = null, string? StirVerstat = null)
{
    public static readonly CarrierMarks None = new();

    private const string Prefix = "TN-Validation-";

    /// <summary>What is wrong with a verdict; null when nothing is.</summary>
    /// <remarks>
    /// twilio.com/docs/voice/trusted-calling-with-shakenstir:
    /// passed with a level, failed with or without one, each perhaps diverted or passed through; or none at all.
    /// </remarks>
    public static string? Fault(string verstat)
    {
        if (verstat == "No-TN-Validation" || verstat == Prefix + "Failed") return null;
        var parts = verstat.StartsWith(Prefix, StringComparison.Ordinal) ? verstat[Prefix.Length..].Split('-') : [];
        return parts is ["Passed" or "Failed", "A" or "B" or "C", .. var rest]
            && rest is [] or ["Diverted"] or ["Passthrough"] or ["Diverted", "Passthrough"]
            ? null
            : $"\"{verstat}\" is no verdict of SHAKEN/STIR: {Prefix}Passed-A (B, C), {Prefix}Failed-A (B, C), {Prefix}Failed, each level "
              + "also with -Diverted or -Passthrough, or No-TN-Validation";
    }

    /// <summary>A, B or C where the number was proved; null otherwise.</summary>
    public string? Level =>
        StirVerstat?.StartsWith(Prefix + "Passed-", StringComparison.Ordinal) == true
            ? StirVerstat[(Prefix + "Passed-").Length..][..1]
            : null;
}
