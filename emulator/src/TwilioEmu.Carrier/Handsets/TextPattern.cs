using System.Text.RegularExpressions;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>
/// What is listened or looked for: a text that must occur (case and white space do not matter), or <c>/a regular expression/</c>.
/// </summary>
public sealed class TextPattern
{
    private readonly Regex? _regex;
    private readonly string _needle;

    private TextPattern(string source, Regex? regex)
    {
        Source = source;
        _regex = regex;
        _needle = Flatten(source);
    }

    /// <summary>As written.</summary>
    public string Source { get; }

    /// <summary>Reads a text, or a regular expression between slashes; false (and the reason) when that does not compile.</summary>
    public static bool TryParse(string source, out TextPattern pattern, out string? error)
    {
        error = null;
        if (source is not ['/', .. var expression, '/'] || expression.Length == 0)
        {
            pattern = new TextPattern(source, null);
            return true;
        }
        try
        {
            // Non-backtracking: a hostile pattern cannot hang the loop. No limit of time besides: it would be the wall's, and a busy
            // machine would tell another story than an idle one.
            pattern = new TextPattern(
                source, new Regex(expression, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.IgnoreCase));
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            error = fault.Message;
            pattern = new TextPattern(source, null);
            return false;
        }
    }

    public bool Matches(string heard) => _regex?.IsMatch(heard) ?? Flatten(heard).Contains(_needle, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the groups of a regular expression caught, by name or number; none for words, or where it does not match.</summary>
    public IEnumerable<(string Name, string Text)> Captures(string heard) =>
        _regex?.Match(heard) is { Success: true } match
            ? match.Groups.Values.Skip(1).Where(g => g.Success).Select(g => (g.Name, g.Value))
            : [];

    /// <inheritdoc/>
    public override string ToString() => Source;

    private static string Flatten(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
