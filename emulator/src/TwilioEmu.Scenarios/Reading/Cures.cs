namespace TwilioEmu.Scenarios.Reading;

/// <summary>What is said beside a fault where people mostly mean one thing: how it is written.</summary>
internal static class Cures
{
    /// <summary>Beside a value of a config that looks like a variable.</summary>
    public const string OfVariable = "; a config takes nothing from the environment (TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN there name "
        + "the first account; TWILIOEMU_... are options)";

    private const int MaxShown = 40;

    /// <summary>Beside what is no mapping: a colon without its blank, a value without its key, dashes too many.</summary>
    /// <param name="node">What stands there.</param>
    /// <param name="path">Where; empty at the top.</param>
    /// <param name="mainKey">The key a single value was mostly meant for.</param>
    public static string OfNoMapping(Node node, string path, string? mainKey) => node switch
    {
        Node.Scalar { Kind: ScalarKind.Plain } word when LacksBlank(word.Text) is { } at =>
            $" (a blank follows the colon: {word.Text[..at]} {Short(word.Text[at..])})",
        Node.Scalar { Kind: not ScalarKind.Null } value when mainKey is not null => $" (write {{ {mainKey}: {Written(value)} }})",
        Node.Sequence when path.Length == 0 => " (its keys begin without a dash; a story is a file of its own)",
        Node.Sequence => " (its keys begin without a dash)",
        _ => "",
    };

    private static string Written(Node.Scalar value) =>
        value.Kind == ScalarKind.Literal || (value.Kind == ScalarKind.Plain && value.Text.All(char.IsAsciiDigit))
            ? value.Text
            : $"\"{Short(value.Text)}\"";

    /// <summary>Beside what is no list.</summary>
    public static string OfNoList(Node node) =>
        node is Node.Mapping or Node.Scalar { Kind: not ScalarKind.Null } ? " (each item begins with a dash: - ...)" : "";

    /// <summary>Beside a flag in the words of other languages.</summary>
    public static string OfFlag(string text) => text.ToLowerInvariant() switch
    {
        "yes" or "y" or "on" or "1" or "true" => " (did you mean true?)",
        "no" or "n" or "off" or "0" or "false" => " (did you mean false?)",
        _ => "",
    };

    /// <summary>Behind a colon that should be followed by a blank: <c>number:"+1415..."</c>; no URL.</summary>
    private static int? LacksBlank(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && colon + 1 < text.Length && text[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            && !text.AsSpan(colon).StartsWith("://")
            ? colon + 1
            : null;
    }

    private static string Short(string text) => text.Length <= MaxShown ? text : text[..MaxShown] + "...";
}
