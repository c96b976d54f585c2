using System.CommandLine;
using TwilioEmu.Console.Terminal;
using TwilioEmu.Scenarios.Config;

namespace TwilioEmu.Options;

/// <summary>The options of the console: how much it says, and for whom.</summary>
internal sealed class ConsoleOptions
{
    private readonly Option<string?> _log = OptionTable.Text("--log", "what the console says: quiet (warnings and errors), normal (a line for each event) or all (every entry of the journal) (normal)");
    private readonly Option<string?> _format = OptionTable.Text("--log-format", "text, or json: one object a line (text)");

    public IEnumerable<Option<string?>> All => [_log, _format];

    /// <summary>Weighs all sources.</summary>
    public EmulatorOptions Read(ParseResult parsed, ServeOptions file, EmulatorOptions options, List<string> errors) => options with
    {
        Log = Choose(_log, OptionTable.Given(parsed, _log) ?? file.Log, ConsoleSettings.Details, options.Log, errors),
        LogFormat = Choose(_format, OptionTable.Given(parsed, _format) ?? file.LogFormat, ConsoleSettings.Formats, options.LogFormat, errors),
    };

    private static T Choose<T>(Option<string?> option, string? asked, IReadOnlyList<(string Word, T Value)> words, T usual, List<string> errors)
    {
        if (asked is null) return usual;
        foreach (var (word, value) in words) if (word == asked) return value;
        errors.Add($"{option.Name} is {string.Join(", ", words.Take(words.Count - 1).Select(w => w.Word))} or {words[^1].Word}, not \"{asked}\"");
        return usual;
    }
}
