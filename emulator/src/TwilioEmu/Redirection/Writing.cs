using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TwilioEmu.Redirection;

/// <summary>Ways to write variables down.</summary>
internal static class Writing
{
    /// <summary>The words of <c>--format</c>.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["sh", "powershell", "dotenv", "compose", "github"];

    /// <summary>Those that a shell runs, and that lead it back too.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["sh", "powershell"];

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
                "powershell" => $"$env:{name} = '{Doubled(value)}'\n",
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

    /// <summary>A line for a shell after which a variable is not set.</summary>
    public static string Unset(string shell, string name) =>
        shell == "powershell" ? $"Remove-Item -ErrorAction Ignore Env:{name}\n" : $"unset {name}\n";

    /// <summary>A line for a shell that ends what it stands in.</summary>
    public static string End(string shell) => shell == "powershell" ? "throw 'twilioemu env failed'" : "false";

    // POSIX shell: nothing is special between single quotes but they themselves.
    private static string Quoted(string value) => $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    // learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules: a quote, curly ones too, is doubled.
    private static string Doubled(string value) =>
        string.Concat(value.Select(c => c is '\'' or '\u2018' or '\u2019' or '\u201a' or '\u201b' ? new string(c, 2) : c.ToString()));

    private static string Escaped(string value) => JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();

    private static string DoubleQuoted(string value) => value.Contains('\'', StringComparison.Ordinal)
        ? $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
        : $"'{value}'";
}
