using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TwilioEmu.Redirection;

/// <summary>Ways to write variables down.</summary>
internal static class Writing
{
    /// <summary>The words of <c>--format</c>.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["sh", "dotenv", "compose", "github"];

    private static readonly SearchValues<char> Special = SearchValues.Create(" #'\"|$\\");

    /// <summary>All variables as text, a line each.</summary>
    public static string Text(string format, IEnumerable<KeyValuePair<string, string>> variables)
    {
        var text = new StringBuilder();
        if (format == "compose") text.Append("environment:\n");
        foreach (var (name, value) in variables)
        {
            text.Append(format switch
            {
                "sh" => $"export {name}={Quoted(value)}\n",
                "dotenv" => $"{name}={(value.AsSpan().ContainsAny(Special) ? DoubleQuoted(value) : value)}\n",
                // Compose fills in $NAME; a doubled one stays.
                "compose" => $"  {name}: \"{Escaped(value).Replace("$", "$$", StringComparison.Ordinal)}\"\n",
                // Each line of the file $GITHUB_ENV is taken as it stands.
                "github" => $"{name}={value}\n",
                _ => throw new InvalidOperationException($"no format {format}"),
            });
        }
        return text.ToString();
    }

    // POSIX shell: nothing is special between single quotes but they themselves.
    private static string Quoted(string value) => $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static string Escaped(string value) => JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    private static string DoubleQuoted(string value) => value.Contains('\'', StringComparison.Ordinal)
        ? $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : $"'{value}'";
}
