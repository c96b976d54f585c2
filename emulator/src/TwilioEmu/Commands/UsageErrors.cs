using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace TwilioEmu.Commands;

/// <summary>What is wrong with a command line: the point in one line each, and where the help is.</summary>
internal static class UsageErrors
{
    /// <summary>Writes what is wrong; false when nothing is, or help was asked for.</summary>
    public static bool Tell(ParseResult parsed, TextWriter to)
    {
        if (parsed.Action is HelpAction) return false;
        var command = parsed.CommandResult.Command;
        var messages = Strangers(parsed).Concat(parsed.UnmatchedTokens).Select(token => Unknown(token, command)).ToList();
        if (parsed.Errors.Count == 0 && messages.Count == 0) return false;
        // Of a word nobody knows the parser says the same, and often that something is missing besides.
        if (messages.Count == 0) messages.AddRange(parsed.Errors.Select(e => e.Message.TrimEnd('.')));
        foreach (var message in messages.Distinct()) to.WriteLine($"twilioemu: {message}");
        if (command.Name == "exec" && !parsed.Tokens.Any(t => t.Type == TokenType.DoubleDash)) to.WriteLine("the command and its options stand behind --, such as: twilioemu exec -- npm test --watch");
        to.WriteLine($"{(command is RootCommand ? "twilioemu" : $"twilioemu {command.Name}")} --help tells what there is");
        return true;
    }

    /// <summary>Mistyped options that the parser takes for arguments; behind <c>--</c> they are such.</summary>
    private static IEnumerable<string> Strangers(ParseResult parsed)
    {
        var before = parsed.Tokens.TakeWhile(t => t.Type != TokenType.DoubleDash).Select(t => t.Value).ToHashSet(StringComparer.Ordinal);
        return parsed.CommandResult.Tokens.Select(t => t.Value).Where(v => v is ['-', _, ..] && before.Contains(v));
    }

    private static string Unknown(string token, Command command)
    {
        var isOption = token.StartsWith('-');
        var known = isOption ? command.Options.SelectMany(o => o.Aliases.Append(o.Name)) : command.Subcommands.Select(c => c.Name);
        return $"there is no {(isOption ? "option" : "command or argument")} \"{token}\"{Scenarios.Reading.Spelling.Hint(token, known)}";
    }
}
