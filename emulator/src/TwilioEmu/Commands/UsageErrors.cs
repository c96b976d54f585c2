using System.CommandLine;
using System.CommandLine.Help;

namespace TwilioEmu.Commands;

/// <summary>What is wrong with a command line: the point in one line each, and where the help is.</summary>
internal static class UsageErrors
{
    /// <summary>Writes what is wrong; false when nothing is, or help was asked for.</summary>
    public static bool Tell(ParseResult parsed, TextWriter to)
    {
        if (parsed.Errors.Count == 0 || parsed.Action is HelpAction) return false;
        var command = parsed.CommandResult.Command;
        var messages = parsed.UnmatchedTokens.Select(token => Unknown(token, command)).ToList();
        // Of a word nobody knows the parser says the same, and often that something is missing besides.
        if (messages.Count == 0) messages.AddRange(parsed.Errors.Select(e => e.Message.TrimEnd('.')));
        foreach (var message in messages.Distinct()) to.WriteLine($"twilioemu: {message}");
        to.WriteLine($"{(command is RootCommand ? "twilioemu" : $"twilioemu {command.Name}")} --help tells what there is");
        return true;
    }

    private static string Unknown(string token, Command command)
    {
        var isOption = token.StartsWith('-');
        var known = isOption ? command.Options.SelectMany(o => o.Aliases.Append(o.Name)) : command.Subcommands.Select(c => c.Name);
        return $"there is no {(isOption ? "option" : "command or argument")} \"{token}\"{Scenarios.Reading.Spelling.Hint(token, known)}";
    }
}
