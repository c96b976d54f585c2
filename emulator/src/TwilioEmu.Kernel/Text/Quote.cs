namespace TwilioEmu.Kernel.Text;

/// <summary>Texts of others, cut to what is worth repeating.</summary>
public static class Quote
{
    private const int Most = 100;

    /// <summary>The text, or its beginning and an ellipsis.</summary>
    public static string Short(string text) => text.Length <= Most ? text : string.Concat(text.AsSpan(0, Most), "…");
}
