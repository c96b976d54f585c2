using System.Globalization;

namespace TwilioEmu.Scenarios.Reading;

/// <summary>What is said beside a fault where people mostly mean one thing: how it is written.</summary>
internal static class Cures
{
    private const string NoVariables = "; a config takes nothing from the environment"
        + " (TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN there name the first account; TWILIOEMU_... are options)";

    private const int MaxShown = 40;

    /// <summary>Beside a wrong value that looks like a variable, as shells, templates and Windows write one.</summary>
    public static string OfVariable(string text) => IsVariable(text) ? NoVariables : "";

    /// <summary>
    /// What a value was meant to come from: <c>$NAME</c>, <c>${NAME}</c>, <c>{{ name }}</c>, <c>%NAME%</c>, <c>process.env.NAME</c>.
    /// </summary>
    public static bool IsVariable(string text) =>
        text.Contains("${", StringComparison.Ordinal) || text.Contains("{{", StringComparison.Ordinal)
        || text.StartsWith("process.env", StringComparison.Ordinal) || text.StartsWith("os.environ", StringComparison.Ordinal)
        || text is ['$', (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or '_', ..] || (text.StartsWith('%') && text.IndexOf('%', 1) > 1);

    /// <summary>Beside a number that stands in quotes.</summary>
    public static string OfNumber(Node.Scalar scalar) =>
        scalar.Kind == ScalarKind.Quoted && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? " (a number stands without quotes)"
            : "";

    /// <summary>Beside what is no mapping: a colon without its blank, a value without its key, dashes too many.</summary>
    /// <param name="node">What stands there.</param>
    /// <param name="path">Where; empty at the top.</param>
    /// <param name="mainKey">The key a single value was mostly meant for.</param>
    public static string OfNoMapping(Node node, string path, string? mainKey) => node switch
    {
        Node.Scalar { Kind: ScalarKind.Plain, Text: ['/', '/', ..] } => " (a comment begins with #)",
        Node.Scalar { Kind: ScalarKind.Plain } word when LacksColon(word.Text) is { } key =>
            $" (a colon stands between key and value: {key}: ...)",
        Node.Scalar { Kind: ScalarKind.Plain } word when LacksBlank(word.Text) is { } at =>
            $" (a blank follows the colon: {word.Text[..at]} {Short(word.Text[at..])})",
        Node.Scalar { Kind: not ScalarKind.Null } value when mainKey is not null => $" (write {{ {mainKey}: {Written(value)} }})",
        Node.Sequence when path.Length == 0 => " (its keys begin without a dash; a story is a file of its own)",
        Node.Sequence => " (its keys begin without a dash)",
        _ => "",
    };

    /// <summary>Beside a key that is none: those that people bring from elsewhere; null for others.</summary>
    /// <param name="key">As written.</param>
    /// <param name="path">Of the mapping; empty at the top.</param>
    public static string? OfKey(string key, string path) => key switch
    {
        "<<" => " (keys are not merged in from elsewhere: write them out)",
        "TWILIO_ACCOUNT_SID" or "TWILIO_AUTH_TOKEN" when path.Length == 0 =>
            " (write accounts: [{ sid: ..., auth_token: ... }], or set the variable of that name)",
        "name" or "title" or "test" or "tests" when path.Length == 0 => " (a story begins with scenario:, its title)",
        "steps" or "do" or "actions" when path.Length == 0 => " (steps stand under when: and then:, or in blocks of both under story:)",
        "services" or "version" when path.Length == 0 => " (is this a file of compose? a config says numbers: and the like)",
        _ => null,
    };

    /// <summary>The hint beside an unknown key; where entries have data, that it may be a member of those.</summary>
    public static string OfMember(string key, IReadOnlyCollection<string> known, string hint) =>
        known.Contains("data") && known.Contains("kind") && hint.StartsWith(" (there are ", StringComparison.Ordinal)
            ? $"{hint[..^1]}; what an entry carries stands under data: data: {{ {key}: ... }})"
            : hint;

    /// <summary>Beside a mapping of one value where the value itself is wanted.</summary>
    public static string OfNoScalar(string key, Node node) => node switch
    {
        Node.Mapping { Members: [{ Value: Node.Scalar { Kind: not ScalarKind.Null } value }] } =>
            $" (write {key}: \"{Short(value.Text)}\")",
        Node.Sequence { Items: [Node.Scalar { Kind: not ScalarKind.Null } only] } => $" (write {key}: \"{Short(only.Text)}\")",
        _ => "",
    };

    /// <summary>Beside what is no list.</summary>
    public static string OfNoList(Node node) => node is Node.Mapping or Node.Scalar { Kind: not ScalarKind.Null }
        ? " (each item begins with a dash: - ..., or all stand in [ ])"
        : "";

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

    /// <summary>The key of <c>number "+1415..."</c> or <c>numbers = ...</c>; null for what is no key and its value.</summary>
    private static string? LacksColon(string text)
    {
        var end = text.IndexOf(' ', StringComparison.Ordinal);
        if (end <= 0 || end + 1 >= text.Length || !"=\"'{[+".Contains(text[end + 1], StringComparison.Ordinal)) return null;
        return text[..end].All(static c => char.IsAsciiLetterLower(c) || c == '_') ? text[..end] : null;
    }

    /// <summary>A value as it would be written behind a key.</summary>
    private static string Written(Node.Scalar value) =>
        value.Kind == ScalarKind.Literal || (value.Kind == ScalarKind.Plain && value.Text.All(char.IsAsciiDigit))
            ? value.Text
            : $"\"{Short(value.Text)}\"";

    private static string Short(string text) => text.Length <= MaxShown ? text : text[..MaxShown] + "...";
}
