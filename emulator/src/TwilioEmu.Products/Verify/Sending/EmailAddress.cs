namespace TwilioEmu.Products.Verify.Sending;

/// <summary>Reads addresses of e-mail, as far as they matter here. Pure.</summary>
internal static class EmailAddress
{
    // RFC 5321 section 4.5.3.1.3, less the angle brackets.
    private const int MaxLength = 254;

    /// <summary>In small letters; null for what is none.</summary>
    public static string? Read(string text)
    {
        var at = text.LastIndexOf('@');
        var isMail = at > 0 && text.Length <= MaxLength && text.IndexOf('@', StringComparison.Ordinal) == at
            && text.AsSpan(at).Contains('.') && !text.EndsWith('.')
            && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '<' or '>' or ',' or ';');
        return isMail ? text.ToLowerInvariant() : null;
    }
}
