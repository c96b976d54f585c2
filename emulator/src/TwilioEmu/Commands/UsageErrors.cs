using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;

namespace TwilioEmu.Commands;

/// <summary>What is wrong with a command line: the point in one line each, and where the help is.</summary>
internal static class UsageErrors
{
    /// <summary>What other programs call what we have.</summary>
    private static readonly Dictionary<string, string> Meant = new(StringComparer.Ordinal)
    {
        ["help"] = "--help",
        ["version"] = "--version",
        ["start"] = "serve",
        ["up"] = "serve",
        ["server"] = "serve",
        ["test"] = "run",
        ["play"] = "run",
        ["validate"] = "check",
        ["lint"] = "check",
        ["-v"] = "--version",
        ["-V"] = "--version",
        ["-p"] = "--port",
        ["-c"] = "--config",
        ["--file"] = "--config",
        ["--tls-port"] = "--https-port",
        ["--ssl-port"] = "--https-port",
        ["--bind"] = "--host",
        ["--address"] = "--host",
        ["--data-dir"] = "--data",
        ["--verbose"] = "--log all",
        ["--debug"] = "--log all",
        ["--quiet"] = "--log quiet",
        ["--silent"] = "--log quiet",
        ["-q"] = "--log quiet",
        ["--json"] = "--log-format json",
    };

    private static readonly string[] FileEndings = [".yaml", ".yml", ".json"];

    /// <summary>Writes what is wrong; false when nothing is, or help was asked for.</summary>
    public static bool Tell(ParseResult parsed, TextWriter to)
    {
        if (parsed.Action is HelpAction) return false;
        var command = parsed.CommandResult.Command;
        var messages = Strangers(parsed).Concat(parsed.UnmatchedTokens)
            .Select(token => Switch(parsed, token) ?? Unknown(token, command)).ToList();
        if (parsed.Errors.Count == 0 && messages.Count == 0) return false;
        // Of a word nobody knows the parser says the same, and often that something is missing besides.
        if (messages.Count == 0) messages.AddRange(Wrong(parsed).Concat(Missing(parsed)));
        if (messages.Count == 0) messages.AddRange(parsed.Errors.Select(e => e.Message.TrimEnd('.')));
        foreach (var message in messages.Distinct()) to.WriteLine($"twilioemu: {message}");
        if (command.Name == "exec" && !parsed.Tokens.Any(t => t.Type == TokenType.DoubleDash))
        {
            to.WriteLine("the command and its options stand behind --, such as: twilioemu exec -- npm test --watch");
        }
        to.WriteLine($"{(command is RootCommand ? "twilioemu" : $"twilioemu {command.Name}")} --help tells what there is");
        return true;
    }

    /// <summary>Mistyped options that the parser takes for arguments; behind <c>--</c> they are such.</summary>
    private static IEnumerable<string> Strangers(ParseResult parsed)
    {
        var before = parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash).Select(t => t.Value).ToHashSet(StringComparer.Ordinal);
        return parsed.CommandResult.Tokens.Select(t => t.Value).Where(v => v is ['-', _, ..] && before.Contains(v));
    }

    /// <summary>What the command cannot do without, by its name and in the words of its help.</summary>
    private static IEnumerable<string> Missing(ParseResult parsed)
    {
        var result = parsed.CommandResult;
        var command = result.Command;
        foreach (var argument in command.Arguments.Where(a =>
            a.Arity.MinimumNumberOfValues > 0 && result.GetResult(a) is null or { Tokens.Count: 0 }))
        {
            yield return $"{command.Name} needs {argument.Name}: {argument.Description}";
        }
        foreach (var option in command.Options.Where(o => o.Required && result.GetResult(o) is null or { Tokens.Count: 0 }))
        {
            yield return $"{command.Name} needs {option.Name}: {option.Description}";
        }
    }

    /// <summary>Of a word nobody knows, that it stands behind an option that takes none; null where it does not.</summary>
    private static string? Switch(ParseResult parsed, string token)
    {
        var before = parsed.Tokens.TakeWhile(t => t.Value != token).LastOrDefault();
        if (before is not { Type: TokenType.Option }) return null;
        var option = parsed.CommandResult.Command.Options.FirstOrDefault(o => o.Name == before.Value || o.Aliases.Contains(before.Value));
        return option?.ValueType == typeof(bool) ? $"{option.Name} takes no value, and stands alone: not \"{token}\"" : null;
    }

    /// <summary>Options without the value they take.</summary>
    private static IEnumerable<string> Wrong(ParseResult parsed)
    {
        foreach (var given in parsed.CommandResult.Children.OfType<OptionResult>().Where(o => !o.Implicit))
        {
            var option = given.Option;
            if (given.Tokens.Count > option.Arity.MaximumNumberOfValues)
            {
                yield return $"{option.Name} stands there {given.Tokens.Count} times, and is taken once: "
                    + $"{string.Join(", ", given.Tokens.Select(t => t.Value))}";
            }
            if (option.Arity.MinimumNumberOfValues > given.Tokens.Count) yield return $"{option.Name} needs a value: {option.Description}";
        }
    }

    private static bool Has(Command command, string meant)
    {
        var word = meant.Split(' ')[0];
        return command.Options.Any(o => o.Name == word)
            || (command is RootCommand && (word is "--help" or "--version" || command.Subcommands.Any(c => c.Name == word)));
    }

    private static string Unknown(string token, Command command)
    {
        var isOption = token.StartsWith('-');
        // What is meant must be there: check has no --port.
        var none = $"there is no {(isOption ? "option" : "command or argument")} \"{token}\"";
        if (Meant.TryGetValue(token, out var meant) && Has(command, meant)) return $"{none} (did you mean \"{meant}\"?)";
        if (command.Name is "serve" || command is RootCommand)
        {
            if (FileEndings.Any(e => token.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
            {
                return $"serve takes no file as it stands: --config {token} reads a config; twilioemu run {token} plays a story";
            }
            if (ushort.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            {
                return $"serve takes no number as it stands: --port {port} names the port";
            }
        }
        var known = isOption ? command.Options.SelectMany(o => o.Aliases.Append(o.Name)) : command.Subcommands.Select(c => c.Name);
        return none + Scenarios.Reading.Spelling.Hint(token, known);
    }
}
