using System.Text;

namespace TwilioEmu.Redirection;

/// <summary>What a shell's environment was before <c>twilioemu env</c> led it here, kept in a variable of its own.</summary>
/// <remarks>
/// The variable is base64 of a line each: <c>NAME</c> for one that was not set,
/// <c>NAME=VALUE</c> with the value's own base64 for one that was.
/// </remarks>
internal static class Before
{
    /// <summary>The variable's name. Not one of the program's options, whose names begin without the underscore.</summary>
    public const string Name = "_TWILIOEMU_BEFORE";

    /// <summary>The variable; a shell that is led here twice keeps what was before the first time.</summary>
    public static KeyValuePair<string, string> Keep(IEnumerable<KeyValuePair<string, string>> variables, Func<string, string?> given) =>
        new(
            Name,
            given(Name) is { Length: > 0 } kept
                ? kept
                : Encode(string.Join('\n', variables.Select(v => given(v.Key) is { } value ? $"{v.Key}={Encode(value)}" : v.Key))));

    /// <summary>Lines for a shell that bring it all back; null where nothing was kept.</summary>
    public static string? Undo(string shell, Func<string, string?> given)
    {
        if (given(Name) is not { Length: > 0 } kept || Decode(kept) is not { } lines) return null;
        var text = new StringBuilder();
        foreach (var line in lines.Split('\n'))
        {
            var (name, value) = line.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at
                ? (line[..at], Decode(line[(at + 1)..]))
                : (line, null);
            text.Append(value is null ? Writing.Unset(shell, name) : Writing.Text(shell, [new(name, value)]));
        }
        return text.Append(Writing.Unset(shell, Name)).ToString();
    }

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : null;
    }
}
